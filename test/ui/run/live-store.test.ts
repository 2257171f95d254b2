// The live store gives the latest numbers by id, tells its readers once per picture, and NaN for what it does not know.
import { expect, it } from 'vitest';
import { LINK_FIELDS, NODE_FIELDS, UNIT_FIELDS } from '../../../src/session/protocol.ts';
import { LiveStore } from '../../../src/ui/run/live-store.ts';
import { emptyFrame, layoutOf } from '../../session/frames.ts';

const layout = layoutOf({ api: ['api-1', 'api-2'], db: ['db'] }, ['api-db']);

function storeWithPictures() {
  const due: (() => void)[] = [];
  const live = new LiveStore((then) => due.push(then));
  const picture = () => due.splice(0).forEach((then) => then());
  return { live, picture, due };
}

const numbered = (length: number) => Float32Array.from({ length }, (_, index) => index);

it('reads a node, a unit and a link by id and field', () => {
  const { live } = storeWithPictures();
  live.adopt(layout);
  live.receive(
    emptyFrame(layout, 10, {
      nodes: numbered(2 * NODE_FIELDS.length),
      units: numbered(3 * UNIT_FIELDS.length),
      links: numbered(LINK_FIELDS.length),
    }),
  );
  expect(live.node('db', 'rateRps')).toBe(NODE_FIELDS.length);
  expect(live.node('api', 'p95Ms')).toBe(NODE_FIELDS.indexOf('p95Ms'));
  expect(live.unit('api', 1, 'waiting')).toBe(UNIT_FIELDS.length + UNIT_FIELDS.indexOf('waiting'));
  expect(live.unit('db', 0, 'state')).toBe(2 * UNIT_FIELDS.length);
  expect(live.link('api-db', 'cut')).toBe(LINK_FIELDS.indexOf('cut'));
  expect(live.units('api')).toEqual(['api-1', 'api-2']);
});

it('knows nothing of other ids, other units, or before the first frame', () => {
  const { live } = storeWithPictures();
  expect(live.node('api', 'rateRps')).toBeNaN();
  live.adopt(layout);
  expect(live.node('api', 'rateRps')).toBeNaN();
  live.receive(emptyFrame(layout, 0));
  expect(live.node('gone', 'rateRps')).toBeNaN();
  expect(live.unit('api', 2, 'state')).toBeNaN();
  expect(live.units('gone')).toEqual([]);
});

it('does not read a frame with the rows of another layout', () => {
  const { live } = storeWithPictures();
  live.adopt(layout);
  live.receive(emptyFrame(layout, 0, { nodes: numbered(2 * NODE_FIELDS.length) }));
  live.adopt(layoutOf({ db: ['db'] }, [], 2));
  expect(live.node('db', 'rateRps')).toBeNaN();
});

it('three frames before a picture are told once', () => {
  const { live, picture, due } = storeWithPictures();
  let told = 0;
  const leave = live.subscribe(() => told++);
  for (const simMs of [1, 2, 3]) live.receive(emptyFrame(layout, simMs));
  expect(due).toHaveLength(1);
  picture();
  expect(told).toBe(1);
  live.receive(emptyFrame(layout, 4));
  picture();
  expect(told).toBe(2);
  leave();
  live.receive(emptyFrame(layout, 5));
  expect(due).toHaveLength(0);
});
