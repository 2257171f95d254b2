// Seeds that once found something. Add what the fuzzing prints; never take one out.

export const KEPT: readonly { readonly seed: number; readonly found: string }[] = [];
