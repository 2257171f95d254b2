/**
 * The run's own log: state changes, faults, edits and limits, in words, with the simulated time. Bounded; what does not
 * fit is counted. It must not know who reads it.
 */
import { MAX_LOG_LINES } from '../limits.ts';
import { toMs } from '../time.ts';

export type Severity = 'info' | 'good' | 'warning' | 'bad';

export interface JournalLine {
  readonly id: number;
  readonly atMs: number;
  readonly severity: Severity;
  readonly topic: string;
  readonly text: string;
  /** Node or link. */
  readonly subject: string | null;
}

export class Journal {
  private lines: JournalLine[] = [];
  private nextId = 1;
  private omitted = 0;

  write(nowNs: number, severity: Severity, topic: string, text: string, subject: string | null): void {
    if (this.lines.length >= MAX_LOG_LINES) {
      this.omitted++;
      return;
    }
    this.lines.push({ id: this.nextId++, atMs: toMs(nowNs), severity, topic, text, subject });
  }

  /** Everything written since the last time it was taken. */
  take(nowNs: number): JournalLine[] {
    if (this.omitted > 0) {
      const text = `${this.omitted} more log lines were left out`;
      this.lines.push({
        id: this.nextId++,
        atMs: toMs(nowNs),
        severity: 'info',
        topic: 'limit',
        text,
        subject: null,
      });
      this.omitted = 0;
    }
    const taken = this.lines;
    this.lines = [];
    return taken;
  }
}
