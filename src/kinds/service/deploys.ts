/** Versions that can be deployed, among them bad ones; orders like faults. It must not know how a deploy goes. */
import type { FaultSpec } from '../contract.ts';

const HEADING = { scope: 'node', heading: 'Deploy' } as const;
const BAD = { ...HEADING, endedBy: 'rollBack' } as const;

export const DEPLOYS: readonly FaultSpec[] = [
  {
    id: 'deploy',
    label: 'Deploy',
    help: 'Replaces all instances by a new version that behaves like this one, a few at a time.',
    factor: 1,
    ...HEADING,
  },
  {
    id: 'deploySlow',
    label: 'Deploy a slow version',
    help: 'Its work takes three times as long.',
    factor: 3,
    ...BAD,
  },
  {
    id: 'deployErrors',
    label: 'Deploy a faulty version',
    help: 'It answers 30 % of the calls with an error.',
    factor: 0.3,
    ...BAD,
  },
  {
    id: 'deployCrashing',
    label: 'Deploy a version that does not start',
    help: 'It crashes before it is ready, again and again; the deploy gets stuck and the old version goes on.',
    factor: 1,
    ...BAD,
  },
  {
    id: 'rollBack',
    label: 'Roll back',
    help: 'Brings back the version before, a few instances at a time.',
    factor: 1,
    ...HEADING,
  },
];
