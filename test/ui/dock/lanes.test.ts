// Lanes share the height there is, do not overlap, and the state lane has as many rows as fit.
import { expect, it } from 'vitest';
import { AXIS_HEIGHT, STATE_ROW, layOutLanes } from '../../../src/ui/dock/lanes.ts';

it('stand one below the other inside the height', () => {
  const lanes = layOutLanes({ height: 217, stateRows: 1, hasDrill: true });
  expect(lanes.map((lane) => lane.name)).toEqual(['traffic', 'latency', 'errors', 'state', 'drill']);
  expect(lanes[0].top).toBe(AXIS_HEIGHT);
  lanes
    .slice(1)
    .forEach((lane, index) => expect(lane.top).toBeGreaterThan(lanes[index].top + lanes[index].height));
  const last = lanes[lanes.length - 1];
  expect(last.top + last.height).toBeLessThanOrEqual(217);
});

it('without a drill there is no lane for it', () => {
  expect(layOutLanes({ height: 200, stateRows: 3, hasDrill: false }).map((lane) => lane.name)).not.toContain(
    'drill',
  );
});

it('20 rows of states do not push the charts away', () => {
  const lanes = layOutLanes({ height: 200, stateRows: 20, hasDrill: false });
  const state = lanes.find((lane) => lane.name === 'state');
  expect(state?.height).toBe(2 * STATE_ROW);
  expect(lanes[0].height).toBeGreaterThan(30);
});
