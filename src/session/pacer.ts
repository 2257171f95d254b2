/**
 * How far a run may go now: real time times speed, never further than the page keeps up with. Keeps no promise that the
 * machine cannot keep: what is asked and what is reached are two numbers. It must not know what is run.
 */

/** Longest stretch of real time made up for after a pause of the machine or tab. */
const MAX_CATCH_UP_MS = 250;
/** Real time over which the reached speed is measured. */
const MEASURED_OVER_MS = 500;

export class Pacer {
  speed = 1;
  reached = 0;
  private last = 0;
  /** Simulated ms still owed. */
  private owed = 0;
  private measuredFrom = 0;
  private measuredSim = 0;

  /** Starts counting real time from now. */
  restart(realMs: number, simMs: number): void {
    this.last = this.measuredFrom = realMs;
    this.measuredSim = simMs;
    this.owed = 0;
    this.reached = 0;
  }

  /** Simulated ms that may be run now; Infinity at the fastest speed. */
  due(realMs: number): number {
    const passed = Math.min(MAX_CATCH_UP_MS, realMs - this.last);
    this.last = realMs;
    if (this.speed === Infinity) return Infinity;
    this.owed = Math.min(this.owed + passed * this.speed, MAX_CATCH_UP_MS * this.speed);
    return this.owed;
  }

  /** So much was run. */
  ran(simMs: number): void {
    this.owed = Math.max(0, this.owed - simMs);
  }

  /** True when the run is behind what was asked for. */
  get isBehind(): boolean {
    return this.speed === Infinity || this.owed > 0;
  }

  measure(realMs: number, simMs: number): void {
    const passed = realMs - this.measuredFrom;
    if (passed < MEASURED_OVER_MS) return;
    this.reached = (simMs - this.measuredSim) / passed;
    this.measuredFrom = realMs;
    this.measuredSim = simMs;
  }
}
