/** A single database node as data. */
import { defineParams, type ParamValues } from '../../model/params.ts';
import type { KindSpec } from '../contract.ts';
import { SERVER_FAULTS } from '../faults.ts';
import { count, duration, SHAPE_PARAMS, TAIL_PARAMS } from '../work-params.ts';

const params = defineParams({
  slots: count('Slots', 'Statements it works on at the same time; others wait in line.', 'Capacity', 16),
  maxConnections: count(
    'Connections',
    'Statements it admits at all, working or waiting; one more is refused at once.',
    'Capacity',
    100,
  ),
  readMs: duration('Read', 'Mean time of a read.', 'Work', 3),
  writeMs: duration('Write', 'Mean time of a write, until it is durable.', 'Work', 5),
  ...SHAPE_PARAMS,
  startMs: duration('Start-up time', 'Recovery after a restart, until it answers.', 'Life', 5_000),
  ...TAIL_PARAMS,
});

export type DatabaseParams = ParamValues<typeof params>;

export const spec: KindSpec<typeof params> = {
  kind: 'database',
  label: 'Database',
  category: 'state',
  summary: 'Keeps the truth on one node',
  aliases: [
    'db',
    'postgres',
    'postgresql',
    'mysql',
    'mariadb',
    'sqlite',
    'oracle',
    'sql server',
    'rds',
    'aurora',
    'sql',
    'relational',
    'store',
  ],
  icon: ['M3.5 5.5c0-4 13-4 13 0v9c0 4-13 4-13 0z', 'M3.5 5.5c0 4 13 4 13 0M3.5 10c0 4 13 4 13 0'],
  role: 'store',
  calls: 'none',
  params,
  gauges: [
    { id: 'connections', label: 'conns', unit: 'count', help: 'Connections in use now.' },
    { id: 'writes', label: 'writes', unit: 'rps', help: 'Writes committed per second.' },
    {
      id: 'refused',
      label: 'refused',
      unit: 'rps',
      help: 'Statements per second refused for lack of a connection.',
      warnAbove: 0.5,
    },
  ],
  unitNoun: null,
  faults: SERVER_FAULTS,
  subtitle: (p) => `${p.slots} slots, ${p.maxConnections} conns`,
};
