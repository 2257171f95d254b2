/** The parts of this kind, put together for the catalog. */
import { defineKind } from '../contract.ts';
import { build } from './behaviour.ts';
import { guide } from './guide.ts';
import { spec } from './spec.ts';

export const router = defineKind({ spec, guide, build });
