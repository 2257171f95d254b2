/** How calls and requests end, as far as the screen tells outcomes apart: they come as words from the worker. */

/** The one good outcome; everything else is a failure or still open. */
export const isGoodOutcome = (outcome: string) => outcome === 'ok';
