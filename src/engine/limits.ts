/** Every limit of the engine with its reason. Hitting one is reported, never silent. */

/** Calls alive at once: about 120 bytes each, so this bounds a run to roughly 250 MB. */
export const MAX_LIVE_CALLS = 2_000_000;

/** Events at one simulated instant before the run is stopped: only a loop without any delay gets there. */
export const MAX_EVENTS_AT_ONE_INSTANT = 1_000_000;

/** Lines kept for the event log between two frames; more are counted and reported as one line. */
export const MAX_LOG_LINES = 500;

/** Records of sampled requests kept for traces (48 bytes each: 6 MB). */
export const TRACE_RECORDS = 131_072;

/** Traversals kept for moving dots between two frames. */
export const HOP_RECORDS = 16_384;

/** Summaries of ended sampled requests kept for the trace list. */
export const TRACE_SUMMARIES = 400;

/** Acknowledged writes remembered for telling stale reads (20 bytes each): seconds of them at 10,000 a second. */
export const ACKNOWLEDGEMENTS = 65_536;

/** Bits for the unit in an event of a station: 256 units, 200 instances and the surge of a deploy. */
export const UNIT_BITS = 8;

/** Commands that may wait at a cache: far more than any caller's timeout lets through. */
export const MAX_COMMANDS_WAITING = 100_000;

/** Caches of one service whose misses it can tell apart, one bit each; further ones are asked but never filled. */
export const MAX_CACHES = 16;

/** Attempts of one call that its row can tell apart. */
export const MAX_ATTEMPTS = 255;
