/**
 * Sentences for people who hear the screen: trips, failures and recoveries of the run, at most one a second, many
 * at once as a summary. Whoever owns the page's live regions subscribes. It must not know the DOM.
 */
import type { LogEntry } from '../../session/protocol.ts';

export interface Announcement {
  readonly text: string;
  /** `assertive` interrupts: only for what went wrong. */
  readonly urgency: 'polite' | 'assertive';
}

/** One sentence per second is what can be listened to. */
export const QUIET_MS = 1_000;
/** More than so many at once are counted instead of read out. */
const MOST_READ_OUT = 2;

export class Announcer {
  private readonly listeners = new Set<(announcement: Announcement) => void>();
  private held: LogEntry[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;

  subscribe = (listener: (announcement: Announcement) => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** At once when it was quiet, else together with what comes within the second. */
  add(entries: readonly LogEntry[]): void {
    const told = entries.filter((entry) => entry.severity !== 'info');
    if (told.length === 0 || this.listeners.size === 0) return;
    this.held.push(...told);
    this.timer ??= setTimeout(this.flush, 0);
  }

  private flush = (): void => {
    this.timer = null;
    const held = this.held;
    this.held = [];
    if (held.length === 0) return;
    const isBad = held.some((entry) => entry.severity === 'bad');
    this.say({ text: summaryOf(held), urgency: isBad ? 'assertive' : 'polite' });
    this.timer = setTimeout(this.flush, QUIET_MS);
  };

  private say(announcement: Announcement): void {
    for (const listener of this.listeners) listener(announcement);
  }
}

function summaryOf(entries: readonly LogEntry[]): string {
  if (entries.length <= MOST_READ_OUT) return entries.map((entry) => entry.text).join(' ');
  const bad = entries.filter((entry) => entry.severity === 'bad').length;
  const worst = entries.findLast((entry) => entry.severity === 'bad') ?? entries[entries.length - 1];
  return `${entries.length} events, ${bad} of them bad. Last: ${worst.text}`;
}
