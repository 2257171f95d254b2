/** Words about this kind. */
import type { Guide } from '../contract.ts';

export const guide: Guide = { whatItIs: '', whenToUse: '', whenNot: '', notModelled: [] };
