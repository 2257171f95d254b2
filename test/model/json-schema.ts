// Enough of JSON Schema to check documents against the one that is published.
import type { JsonSchema } from '../../src/model/schema.ts';

/**
 * The keywords the schema uses, checked literally; an unknown one fails the test instead of passing in
 * silence.
 */
export function matches(root: JsonSchema, value: unknown): boolean {
  return matchesPart(root, value, root);
}

function matchesPart(schema: JsonSchema, value: unknown, root: JsonSchema): boolean {
  return Object.entries(schema).every(([keyword, rule]) => keywordHolds(keyword, rule, schema, value, root));
}

function keywordHolds(
  keyword: string,
  rule: unknown,
  schema: JsonSchema,
  value: unknown,
  root: JsonSchema,
): boolean {
  const matches = (part: JsonSchema, inner: unknown) => matchesPart(part, inner, root);
  const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const bound = rule as number;
  switch (keyword) {
    case '$ref':
      return matches(
        (root['$defs'] as Record<string, JsonSchema>)[(rule as string).replace('#/$defs/', '')],
        value,
      );
    case 'type':
      if (rule === 'array') return Array.isArray(value);
      if (rule === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
      return rule === 'integer' ? Number.isInteger(value) : typeof value === rule;
    case 'required':
      return (rule as string[]).every((name) => name in fields);
    case 'properties':
      return Object.entries(rule as Record<string, JsonSchema>).every(
        ([name, inner]) => !(name in fields) || matches(inner, fields[name]),
      );
    case 'additionalProperties':
      return Object.keys(fields).every((name) => name in (schema['properties'] as object));
    case 'items':
      return (value as unknown[]).every((item) => matches(rule as JsonSchema, item));
    case 'maxItems':
    case 'maxLength':
      return (value as string).length <= bound;
    case 'minimum':
      return (value as number) >= bound;
    case 'maximum':
      return (value as number) <= bound;
    case 'exclusiveMinimum':
      return (value as number) > bound;
    case 'pattern':
      return new RegExp(rule as string).test(value as string);
    case 'const':
      return value === rule;
    case 'enum':
      return (rule as unknown[]).includes(value);
    case 'oneOf':
      return (rule as JsonSchema[]).filter((option) => matches(option, value)).length === 1;
    case 'allOf':
      return (rule as JsonSchema[]).every((part) => matches(part, value));
    case 'if':
      return !matches(rule as JsonSchema, value) || matches(schema['then'] as JsonSchema, value);
    case 'then':
    case 'title':
    case 'description':
    case 'default':
    case 'x-unit':
    case '$schema':
    case '$defs':
      return true;
    default:
      throw new Error(`unknown keyword ${keyword}`);
  }
}
