/**
 * Several of a list of options as text: the chosen values in the order of the options, joined by commas, empty for
 * none. One set has one text, so equal designs stay equal texts. It must not know tables of parameters.
 */

interface Option {
  readonly value: string;
  readonly label: string;
}

/** The values of a text; what is no option is among them. */
export function chosenOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(',');
}

/** The one text of the options for which `isChosen` holds, asked with value and place. */
export function setText(
  options: readonly Option[],
  isChosen: (value: string, place: number) => boolean,
): string {
  const chosen = options.filter(({ value }, place) => isChosen(value, place));
  return chosen.map(({ value }) => value).join(',');
}

/** Whether a text is the one of some set of these options: all known, none twice, in their order. */
export function isSetText(options: readonly Option[], text: string): boolean {
  const chosen = chosenOf(text);
  return setText(options, (value) => chosen.includes(value)) === text;
}

/** A set as people read it: "no connection, 503". */
export function setWords(options: readonly Option[], text: string): string {
  const chosen = chosenOf(text);
  const words = options.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
  return words.join(', ') || 'none';
}
