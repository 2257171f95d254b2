/**
 * How a call can end: a closed list. Order is part of the frame format and of digests' meaning, so it is append-only.
 * It must not know who produced an outcome or what is done about it.
 */

export const OUTCOMES = [
  { id: 'ok', label: 'ok' },
  { id: 'http500', label: '500 error' },
  { id: 'http502', label: '502 bad gateway' },
  { id: 'http503', label: '503 unavailable' },
  { id: 'http504', label: '504 gateway timeout' },
  { id: 'connectRefused', label: 'connection refused' },
  { id: 'reset', label: 'connection reset' },
  { id: 'attemptTimeout', label: 'timed out' },
  { id: 'deadlineExceeded', label: 'deadline exceeded' },
  { id: 'cancelled', label: 'cancelled' },
  { id: 'breakerOpen', label: 'breaker open' },
  { id: 'bulkheadFull', label: 'bulkhead full' },
  { id: 'noHealthyPeer', label: 'no healthy peer' },
  { id: 'queueFull', label: 'queue full' },
  { id: 'tooManyConnections', label: 'too many connections' },
  { id: 'overLimit', label: 'simulator limit reached' },
  { id: 'http429', label: '429 too many requests' },
  { id: 'queueTimeout', label: 'waited too long' },
  { id: 'connectTimeout', label: 'no connection' },
  { id: 'throttled', label: 'throttled by the caller' },
  { id: 'shed', label: 'load shed' },
  { id: 'noAddress', label: 'no address' },
  { id: 'rateLimited', label: 'over its own rate limit' },
] as const;

export type OutcomeId = (typeof OUTCOMES)[number]['id'];

export const OK = 0;
export const HTTP_500 = 1;
export const HTTP_502 = 2;
export const HTTP_503 = 3;
export const HTTP_504 = 4;
export const CONNECT_REFUSED = 5;
export const RESET = 6;
export const ATTEMPT_TIMEOUT = 7;
export const DEADLINE_EXCEEDED = 8;
export const CANCELLED = 9;
export const BREAKER_OPEN = 10;
export const BULKHEAD_FULL = 11;
export const NO_HEALTHY_PEER = 12;
export const QUEUE_FULL = 13;
export const TOO_MANY_CONNECTIONS = 14;
export const OVER_LIMIT = 15;
export const HTTP_429 = 16;
export const QUEUE_TIMEOUT = 17;
export const CONNECT_TIMEOUT = 18;
export const THROTTLED = 19;
export const SHED = 20;
export const NO_ADDRESS = 21;
export const RATE_LIMITED = 22;

/** Rejected by the caller's own policy; nothing was sent. */
export function isLocal(outcome: number): boolean {
  return (
    outcome === BREAKER_OPEN ||
    outcome === BULKHEAD_FULL ||
    outcome === OVER_LIMIT ||
    outcome === THROTTLED ||
    outcome === RATE_LIMITED
  );
}

/** No connection came about, so the callee has seen nothing of the call. */
export function isUnconnected(outcome: number): boolean {
  return outcome === CONNECT_REFUSED || outcome === CONNECT_TIMEOUT;
}

/** The callee took the call on and its logic answered: not refused, shed, throttled or late (client throttling). */
export function isAccepted(outcome: number): boolean {
  return outcome === OK || outcome === HTTP_500;
}

/** Whether a caller-side breaker counts it as a failure of the callee. */
export function isBreakerFailure(outcome: number): boolean {
  return outcome !== OK && outcome !== CANCELLED && outcome !== HTTP_429 && !isLocal(outcome);
}

/** Outcomes as the bits of one number; there are fewer than 32. */
export function maskOf(outcomes: readonly number[]): number {
  return outcomes.reduce((mask, outcome) => mask | (1 << outcome), 0);
}

/** Never reached the callee's logic, so repeating it cannot do the work twice. */
export const ALWAYS_SAFE = maskOf([
  CONNECT_REFUSED,
  CONNECT_TIMEOUT,
  QUEUE_FULL,
  TOO_MANY_CONNECTIONS,
  HTTP_429,
  QUEUE_TIMEOUT,
  SHED,
  NO_ADDRESS,
]);

/** Whether a failed attempt may be repeated: its outcome is wanted, and always safe or this call harmless to repeat. */
export function isRetryable(outcome: number, wanted: number, isHarmless: boolean): boolean {
  return ((isHarmless ? wanted : wanted & ALWAYS_SAFE) & (1 << outcome)) !== 0;
}

/** What a component answers its own caller with when a dependency's call ended like this. */
export function asAnswer(outcome: number): number {
  switch (outcome) {
    case OK:
    case HTTP_500:
    case HTTP_502:
    case HTTP_503:
    case HTTP_504:
    case NO_HEALTHY_PEER:
      return outcome;
    case ATTEMPT_TIMEOUT:
    case CONNECT_TIMEOUT:
    case DEADLINE_EXCEEDED:
      return HTTP_504;
    default:
      return HTTP_503;
  }
}
