/**
 * Which state each circuit breaker and each unit was in, and when: the rows of the timeline's state lane. States
 * come from frames; the exact instant of a change from the log entry that came with it. It must not know React.
 */
import {
  BREAKER_STATES,
  LINK_FIELDS,
  UNIT_FIELDS,
  UNIT_STATES,
  type BreakerState,
  type Frame,
  type Layout,
  type UnitState,
} from '../../session/protocol.ts';

export interface Band {
  readonly state: BreakerState | UnitState | 'cut';
  readonly fromMs: number;
}

export interface BandRow {
  /** Node or link id. */
  readonly subject: string;
  /** Names of the units that went through the same together; null for the breaker or the cut of a link. */
  readonly units: readonly string[] | null;
  /** Oldest first; each lasts until the next begins. */
  readonly bands: readonly Band[];
  /** Left its ordinary state at least once. */
  readonly isEventful: boolean;
}

interface Kept {
  readonly subject: string;
  readonly unit: string | null;
  readonly bands: Band[];
  isEventful: boolean;
}

/** Changes kept per row; a breaker that flips more often than this is a blur on any axis. */
const MAX_BANDS = 400;
const BREAKER = LINK_FIELDS.indexOf('breaker');
const CUT = LINK_FIELDS.indexOf('cut');
const STATE = UNIT_FIELDS.indexOf('state');
const ORDINARY: readonly Band['state'][] = ['closed', 'disabled', 'metricsOnly', 'up', 'stopped'];

export class Bands {
  revision = 0;
  private readonly rows = new Map<string, Kept>();
  private listed: { readonly revision: number; readonly rows: readonly BandRow[] } = {
    revision: -1,
    rows: [],
  };
  private layout: Layout | null = null;
  private lastMs = 0;
  /** When a node or link joined the running design. */
  private readonly born = new Map<string, number>();
  /** Units seen so far, and those of them that came after their node. */
  private readonly known = new Set<string>();
  private readonly late = new Set<string>();

  /** Rows in the order they should be seen: eventful ones first, newest change first among them. */
  list(): readonly BandRow[] {
    if (this.listed.revision !== this.revision) {
      const rows = together([...this.rows.values()]).sort(
        (a, b) =>
          Number(b.isEventful) - Number(a.isEventful) || (a.isEventful ? changeOf(b) - changeOf(a) : 0),
      );
      this.listed = { revision: this.revision, rows };
    }
    return this.listed.rows;
  }

  clear(): void {
    this.rows.clear();
    this.born.clear();
    this.known.clear();
    this.late.clear();
    this.lastMs = 0;
    this.revision++;
  }

  adopt(layout: Layout): void {
    this.layout = layout;
    const alive = new Set([...layout.nodes.map((node) => node.id), ...layout.links]);
    const there = new Set<string>();
    for (const { id, units } of layout.nodes) {
      for (const unit of units) {
        const key = keyOf(id, unit);
        there.add(key);
        if (this.born.has(id) && !this.known.has(key)) this.late.add(key);
        this.known.add(key);
      }
    }
    for (const id of alive) if (!this.born.has(id)) this.born.set(id, this.lastMs);
    for (const [key, row] of this.rows) {
      if (!alive.has(row.subject)) this.rows.delete(key);
      else if (row.unit !== null && !there.has(key)) this.leave(row);
    }
    this.revision++;
  }

  /** A unit is not shown any more: it was taken out of service. */
  private leave({ bands }: Kept): void {
    if (bands.at(-1)?.state !== 'stopped') bands.push({ state: 'stopped', fromMs: this.lastMs });
  }

  add(frame: Frame): void {
    if (this.layout?.version !== frame.layoutVersion) return;
    let row = 0;
    for (const { id, units } of this.layout.nodes) {
      units.forEach((unit, index) => {
        const state = UNIT_STATES[frame.units[(row + index) * UNIT_FIELDS.length + STATE]];
        if (state) this.note(frame, id, unit, state, 'life');
      });
      row += units.length;
    }
    this.layout.links.forEach((id, index) => {
      const breaker = BREAKER_STATES[frame.links[index * LINK_FIELDS.length + BREAKER]];
      const cut = frame.links[index * LINK_FIELDS.length + CUT] === 1;
      // A link without breaker only shows up once it has been cut.
      if (cut) this.note(frame, id, null, 'cut', 'fault');
      else if (breaker) this.note(frame, id, null, breaker, 'breaker');
      else if (this.rows.has(keyOf(id, null))) this.note(frame, id, null, 'closed', 'fault');
    });
    this.lastMs = frame.simMs;
  }

  private note(
    frame: Frame,
    subject: string,
    unit: string | null,
    state: Band['state'],
    topic: string,
  ): void {
    const key = keyOf(subject, unit);
    let row = this.rows.get(key);
    if (!row) {
      // Units are only worth a row once one of them is not up.
      if (unit !== null && state === 'up') return;
      const ordinary = {
        state: unit === null ? 'closed' : this.late.has(key) ? 'stopped' : 'up',
        fromMs: this.born.get(subject) ?? 0,
      } as const;
      row = { subject, unit, bands: [ordinary], isEventful: false };
      this.rows.set(key, row);
      this.revision++;
    }
    if (row.bands.at(-1)?.state === state) return;
    const fromMs = this.instant(frame, subject, topic);
    if (row.bands.at(-1)?.fromMs === fromMs) row.bands.pop();
    row.bands.push({ state, fromMs });
    if (row.bands.length > MAX_BANDS) row.bands.shift();
    row.isEventful ||= !ORDINARY.includes(state);
    this.revision++;
  }

  /** When the subject changed: what the log says, else the instant of the frame that shows it. */
  private instant(frame: Frame, subject: string, topic: string): number {
    const told = frame.log.findLast((entry) => entry.subject === subject && entry.topic === topic);
    return told?.atMs ?? frame.simMs;
  }
}

/** Units of a node that went through the same share a row. */
function together(all: readonly Kept[]): BandRow[] {
  const rows = new Map<string, Omit<BandRow, 'units'> & { units: string[] | null }>();
  for (const { subject, unit, bands, isEventful } of all) {
    const story = bands.map(({ state, fromMs }) => `${state} ${fromMs}`).join();
    const key = unit === null ? subject : `${subject} ${story}`;
    const row = rows.get(key);
    if (row?.units && unit !== null) row.units.push(unit);
    else rows.set(key, { subject, units: unit === null ? null : [unit], bands: [...bands], isEventful });
  }
  return [...rows.values()];
}

const keyOf = (subject: string, unit: string | null) => (unit === null ? subject : `${subject} ${unit}`);
const changeOf = (row: BandRow) => row.bands.at(-1)?.fromMs ?? 0;
