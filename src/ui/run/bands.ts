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
  /** Name of the unit, null for the breaker or the cut of a link. */
  readonly unit: string | null;
  /** Oldest first; each lasts until the next begins. */
  readonly bands: Band[];
  /** Left its ordinary state at least once. */
  eventful: boolean;
}

/** Changes kept per row; a breaker that flips more often than this is a blur on any axis. */
const MAX_BANDS = 400;
const BREAKER = LINK_FIELDS.indexOf('breaker');
const CUT = LINK_FIELDS.indexOf('cut');
const STATE = UNIT_FIELDS.indexOf('state');
const ORDINARY: readonly Band['state'][] = ['closed', 'disabled', 'up'];

export class Bands {
  revision = 0;
  private readonly rows = new Map<string, BandRow>();
  private layout: Layout | null = null;
  private lastMs = 0;
  /** When a node or link joined the running design. */
  private readonly born = new Map<string, number>();

  /** Rows in the order they should be seen: eventful ones first, newest change first among them. */
  list(): readonly BandRow[] {
    return [...this.rows.values()].sort(
      (a, b) => Number(b.eventful) - Number(a.eventful) || (a.eventful ? changeOf(b) - changeOf(a) : 0),
    );
  }

  clear(): void {
    this.rows.clear();
    this.born.clear();
    this.lastMs = 0;
    this.revision++;
  }

  adopt(layout: Layout): void {
    this.layout = layout;
    const alive = new Set([...layout.nodes.map((node) => node.id), ...layout.links]);
    for (const id of alive) if (!this.born.has(id)) this.born.set(id, this.lastMs);
    for (const [key, row] of this.rows) if (!alive.has(row.subject)) this.rows.delete(key);
    this.revision++;
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
        state: unit === null ? 'closed' : 'up',
        fromMs: this.born.get(subject) ?? 0,
      } as const;
      row = { subject, unit, bands: [ordinary], eventful: false };
      this.rows.set(key, row);
      this.revision++;
    }
    if (row.bands.at(-1)?.state === state) return;
    const fromMs = this.instant(frame, subject, topic);
    if (row.bands.at(-1)?.fromMs === fromMs) row.bands.pop();
    row.bands.push({ state, fromMs });
    if (row.bands.length > MAX_BANDS) row.bands.shift();
    row.eventful ||= !ORDINARY.includes(state);
    this.revision++;
  }

  /** When the subject changed: what the log says, else the instant of the frame that shows it. */
  private instant(frame: Frame, subject: string, topic: string): number {
    const told = frame.log.findLast((entry) => entry.subject === subject && entry.topic === topic);
    return told?.atMs ?? frame.simMs;
  }
}

const keyOf = (subject: string, unit: string | null) => (unit === null ? subject : `${subject} ${unit}`);
const changeOf = (row: BandRow) => row.bands.at(-1)?.fromMs ?? 0;
