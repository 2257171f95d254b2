/** What the caller of the command line got wrong: arguments, files, a design that cannot be run. */

/** The message is one sentence for people; the program ends with 2. */
export class BadInput extends Error {}
