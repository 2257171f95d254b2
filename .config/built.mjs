// What all code is built with, for the page, the command line and the tests.

/**
 * Module constants stay constants and are written where they are used. Vite makes them variables, which the JavaScript
 * engine has to load and check at each use: a tenth of a simulation's time.
 */
export const keepConstants = {
  optimization: { inlineConst: { mode: /** @type {const} */ ('all'), pass: 3 } },
  output: { topLevelVar: false },
};
