/** Waits for what comes over a message channel: a busy machine takes its time. */
import { vi } from 'vitest';

const PATIENCE_MS = 10_000;

export const eventually = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: PATIENCE_MS });
