// The state lane: each breaker from the start, each unit once it was not up, with the instants the log tells.
import { expect, it } from 'vitest';
import type { LogEntry } from '../../../src/session/protocol.ts';
import { Bands } from '../../../src/ui/run/bands.ts';
import { emptyFrame, layoutOf, linkColumns, unitColumns } from '../../session/frames.ts';

const layout = layoutOf({ api: ['api-1', 'api-2'], db: ['db'] }, ['api-db', 'web-api']);
const logged = (atMs: number, subject: string, topic: string): LogEntry => ({
  id: atMs,
  atMs,
  severity: 'bad',
  topic,
  text: '',
  subject,
});

function bandsAfter(...frames: Parameters<typeof emptyFrame>[2][]): Bands {
  const bands = new Bands();
  bands.adopt(layout);
  frames.forEach((more, index) => bands.add(emptyFrame(layout, index * 100, more)));
  return bands;
}

it('a breaker has a row from the start; links without one and units that are up have none', () => {
  const bands = bandsAfter({ links: linkColumns(layout, { 'api-db': 'closed' }) });
  expect(bands.list()).toEqual([
    { subject: 'api-db', units: null, bands: [{ state: 'closed', fromMs: 0 }], isEventful: false },
  ]);
});

it('a change begins when the log says, else with the frame that shows it', () => {
  const open = linkColumns(layout, { 'api-db': 'open' });
  const bands = bandsAfter(
    { links: linkColumns(layout, { 'api-db': 'closed' }) },
    { links: open, log: [logged(83, 'api-db', 'breaker')] },
    { links: linkColumns(layout, { 'api-db': 'halfOpen' }) },
  );
  expect(bands.list()[0].bands).toEqual([
    { state: 'closed', fromMs: 0 },
    { state: 'open', fromMs: 83 },
    { state: 'halfOpen', fromMs: 200 },
  ]);
});

it('a unit that goes down gets a row that begins with "up"; eventful rows come first', () => {
  const links = linkColumns(layout, { 'api-db': 'closed' });
  const down = unitColumns(layout, { 'api-2': 'down' });
  const bands = bandsAfter({ links }, { links, units: down, log: [logged(90, 'api', 'life')] }, { links });
  expect(bands.list().map((row) => row.units ?? row.subject)).toEqual([['api-2'], 'api-db']);
  expect(bands.list()[0].bands).toEqual([
    { state: 'up', fromMs: 0 },
    { state: 'down', fromMs: 90 },
    { state: 'up', fromMs: 200 },
  ]);
});

it('a cut link is shown even without a breaker, and mended again', () => {
  const bands = bandsAfter({}, { links: linkColumns(layout, { 'web-api': 'cut' }) }, {});
  expect(bands.list()[0].bands.map((band) => band.state)).toEqual(['closed', 'cut', 'closed']);
});

it('rows of what left the design are taken away', () => {
  const bands = bandsAfter({ links: linkColumns(layout, { 'api-db': 'open' }) });
  bands.adopt(layoutOf({ api: ['api-1'] }, [], 2));
  expect(bands.list()).toEqual([]);
});

it('units that went through the same share a row, others have their own', () => {
  const bands = bandsAfter(
    {},
    { units: unitColumns(layout, { 'api-1': 'down', 'api-2': 'down' }) },
    { units: unitColumns(layout, { 'api-1': 'down', 'api-2': 'down', db: 'degraded' }) },
  );
  expect(bands.list().map((row) => row.units)).toEqual([['db'], ['api-1', 'api-2']]);
});

it('a unit that comes later was not there before, and one that leaves is said to be stopped', () => {
  const bands = new Bands();
  const small = layoutOf({ api: ['api'] }, []);
  const large = layoutOf({ api: ['api', 'api-2'] }, [], 2);
  bands.adopt(small);
  bands.add(emptyFrame(small, 100, {}));
  bands.adopt(large);
  const starting = { units: unitColumns(large, { 'api-2': 'starting' }) };
  bands.add(emptyFrame(large, 200, starting));
  bands.add(emptyFrame(large, 300));
  bands.adopt({ ...small, version: 3 });
  expect(bands.list()[0].bands).toEqual([
    { state: 'stopped', fromMs: 0 },
    { state: 'starting', fromMs: 200 },
    { state: 'up', fromMs: 300 },
    { state: 'stopped', fromMs: 300 },
  ]);
});
