/** Prints what speaks against a design before it runs: a paragraph for each warning, or one JSON document. */
import { type Warning, reviewDesign } from '../kinds/review/review.ts';
import type { Design } from '../model/document.ts';

/** True when there is a warning; notes alone are fine. */
export function lint(design: Design, json: boolean): boolean {
  const found = reviewDesign(design);
  const warnings = found.filter(({ severity }) => severity === 'warning').length;
  if (json)
    console.log(JSON.stringify({ warnings, notes: found.length - warnings, findings: found }, null, 2));
  else console.log(printed(found, warnings));
  return warnings > 0;
}

function printed(found: readonly Warning[], warnings: number): string {
  const notes = found.length - warnings;
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const paragraphs = found.map(({ severity, rule, subject, text, why, fix }) => {
    const lines = [`${severity}  ${text}`, `         ${why}`, `         ${subject}  ${rule}`];
    return (fix ? [...lines.slice(0, 2), `         Fix: ${fix.label}.`, lines[2]] : lines).join('\n');
  });
  return [...paragraphs, `${count(warnings, 'warning')}, ${count(notes, 'note')}`].join('\n\n');
}
