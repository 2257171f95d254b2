/**
 * The lines of the run's event log, oldest first, as many as people may want to scroll through. It must not know
 * React or how a line is shown.
 */
import type { LogEntry } from '../../session/protocol.ts';

/** More are never read; the oldest go first. */
export const LOG_LIMIT = 2_000;

export class EventLog {
  entries: readonly LogEntry[] = [];
  /** Entries that were pushed out by newer ones. */
  forgotten = 0;
  revision = 0;

  add(entries: readonly LogEntry[]): void {
    if (entries.length === 0) return;
    const all = [...this.entries, ...entries];
    const surplus = Math.max(0, all.length - LOG_LIMIT);
    this.entries = surplus > 0 ? all.slice(surplus) : all;
    this.forgotten += surplus;
    this.revision++;
  }

  clear(): void {
    this.entries = [];
    this.forgotten = 0;
    this.revision++;
  }
}
