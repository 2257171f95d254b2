/**
 * Where the lanes of the timeline lie: heights from the room there is, in the proportions of the design. Pure.
 */
export type LaneName = 'traffic' | 'latency' | 'errors' | 'state' | 'drill';

export interface Lane {
  readonly name: LaneName;
  readonly label: string;
  readonly top: number;
  readonly height: number;
}

/** Space between two lanes; its middle carries the line. */
export const LANE_GAP = 6;
/** Strip on top with the labels of the time axis. */
export const AXIS_HEIGHT = 16;
export const STATE_ROW = 19;
export const DRILL_HEIGHT = 18;
/** A picture of fewer rows than this says nothing. */
const LEAST_HEIGHT = 14;
const SHARES = { traffic: 50, latency: 62, errors: 34 } as const;

export interface Room {
  readonly height: number;
  /** Rows of the state lane there are; as many as fit are shown. */
  readonly stateRows: number;
  readonly hasDrill: boolean;
}

export function layOutLanes({ height, stateRows, hasDrill }: Room): readonly Lane[] {
  const fixed = AXIS_HEIGHT + (hasDrill ? DRILL_HEIGHT + LANE_GAP : 0);
  const rows = Math.max(1, Math.min(stateRows, Math.floor(((height - fixed) * 0.3) / STATE_ROW)));
  const stateHeight = rows * STATE_ROW;
  const charts = height - fixed - stateHeight - 4 * LANE_GAP;
  const unit = Math.max(0, charts) / (SHARES.traffic + SHARES.latency + SHARES.errors);
  const lanes: Lane[] = [];
  let top = AXIS_HEIGHT;
  const add = (name: LaneName, label: string, laneHeight: number) => {
    lanes.push({ name, label, top, height: laneHeight });
    top += laneHeight + LANE_GAP;
  };
  const chart = (share: number) => Math.max(LEAST_HEIGHT, Math.floor(unit * share));
  add('traffic', 'Traffic', chart(SHARES.traffic));
  add('latency', 'Latency', chart(SHARES.latency));
  add('errors', 'Errors', chart(SHARES.errors));
  add('state', 'State', stateHeight);
  if (hasDrill) add('drill', 'Drill', DRILL_HEIGHT);
  return lanes;
}
