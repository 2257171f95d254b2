/** Prints the catalog of components: a line for each, or with their JSON Schemas. */
import { KINDS, VOCABULARY } from '../kinds/catalog.ts';
import { paramsSchema } from '../model/schema.ts';

export function printKinds(json: boolean): void {
  const kinds = Object.values(KINDS).map(({ spec }) => spec);
  if (!json) {
    for (const spec of kinds) console.log(`${spec.kind.padEnd(18)}${spec.summary}`);
    return;
  }
  const described = kinds.map(({ kind, label, category, summary, params }) => ({
    kind,
    label,
    category,
    summary,
    schema: paramsSchema(params),
  }));
  console.log(JSON.stringify({ kinds: described, link: paramsSchema(VOCABULARY.link) }, null, 2));
}
