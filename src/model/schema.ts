/**
 * The document as JSON Schema (draft 2020-12), made from the same tables that parsing checks against, for
 * editors and other programs. It must not know any particular kind.
 */
import {
  FORMAT,
  MAX_DRILL_STEPS,
  MAX_DRILLS,
  MAX_GROUPS,
  MAX_LABEL,
  MAX_LINKS,
  MAX_NODES,
  MAX_NOTE,
  MAX_NOTES,
  MAX_POSITION,
  MAX_SEED,
} from './document.ts';
import { COMPARISONS, MAX_DRILL_MS, MAX_FACTOR, MAX_UNIT, MEASURES } from './drills.ts';
import { ID_PATTERN } from './identity.ts';
import { MAX_ROUND_TRIPS, MAX_RTT_MS, PLACE_PATTERN } from './places.ts';
import { NETWORK_PARAMS } from './round-trips.ts';
import type { Param, ParamTable, SetParam, Unit } from './params.ts';
import { MAX_SERIES_TEXT } from './series.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

const UNIT_NAMES: Readonly<Record<Unit, string>> = {
  ms: 'milliseconds',
  rps: 'requests per second',
  bytes: 'bytes',
  share: 'share, 0 to 1',
  count: 'count',
  factor: 'factor',
  seconds: 'seconds',
};

/** The schema of the params of one kind, or of links. All are optional; unknown names are not allowed. */
export function paramsSchema(table: ParamTable): JsonSchema {
  const properties = Object.entries(table).map(([name, param]) => [name, paramSchema(param)] as const);
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
}

function paramSchema(param: Param): JsonSchema {
  const named = { title: param.label, description: param.help, default: param.default };
  switch (param.type) {
    case 'flag':
      return { ...named, type: 'boolean' };
    case 'choice': {
      const options = param.options.map((option) => ({ const: option.value, title: option.label }));
      return { ...named, type: 'string', oneOf: options };
    }
    case 'set': {
      const description = `${param.help} The values in the order of the pattern, joined by commas; empty for none.`;
      return { ...named, description, type: 'string', pattern: setPattern(param) };
    }
    case 'series':
      return { ...named, type: 'string', maxLength: MAX_SERIES_TEXT, 'x-unit': param.unit };
    case 'number': {
      const zero = param.zero === undefined ? '' : ` 0: ${param.zero}.`;
      return {
        ...named,
        description: `${param.help} Unit: ${UNIT_NAMES[param.unit]}.${zero}`,
        type: param.integer === true ? 'integer' : 'number',
        minimum: param.min,
        maximum: param.max,
        // Unknown keywords are allowed and ignored by validators; forms can read this one.
        'x-unit': param.unit,
      };
    }
  }
}

/** Each option at most once, in their order; a comma only where another one follows. */
function setPattern({ options }: SetParam): string {
  return `^${options.map(({ value }) => `(?:${value}(?:,(?!$)|$))?`).join('')}$`;
}

/**
 * The schema of a whole document of the current format. A document that matches parses without a problem, if
 * its ids are unique and its references lead somewhere, which a schema cannot say.
 */
export function documentSchema(vocabulary: Vocabulary): JsonSchema {
  const kinds = Object.entries(vocabulary.kinds);
  const tables = kinds.map(([kind, words]) => {
    return [`params-${kind}`, { title: words.label, ...paramsSchema(words.params) }] as const;
  });
  return {
    $schema: DIALECT,
    title: 'Loadbearing design',
    description: `An architecture for Loadbearing, format ${FORMAT}. Defaults may be left out.`,
    ...object(['format'], {
      $schema: { type: 'string' },
      format: { const: FORMAT },
      name: LABEL,
      seed: { ...integer(0, MAX_SEED), description: 'With the design it determines every event of a run.' },
      nodes: list('node', MAX_NODES),
      links: list('link', MAX_LINKS),
      groups: list('group', MAX_GROUPS),
      notes: list('note', MAX_NOTES),
      drills: list('drill', MAX_DRILLS),
      viewport: object(['x', 'y', 'zoom'], { x: COORDINATE, y: COORDINATE, zoom: ZOOM }),
      network: object([], {
        params: paramsSchema(NETWORK_PARAMS),
        roundTrips: list('roundTrip', MAX_ROUND_TRIPS),
      }),
    }),
    $defs: {
      id: { type: 'string', pattern: ID_PATTERN },
      node: nodeSchema(kinds.map(([kind, words]) => ({ kind, label: words.label }))),
      link: object(['id', 'from', 'to'], { id: ID, from: ID, to: ID, params: paramsSchema(vocabulary.link) }),
      ...OTHER_ELEMENTS,
      ...Object.fromEntries(tables),
    },
  };
}

const ID = { $ref: '#/$defs/id' };
const PLACE = { type: 'string', pattern: PLACE_PATTERN };
const LABEL = { type: 'string', maxLength: MAX_LABEL };
const TEXT = { type: 'string', maxLength: MAX_NOTE };
const COORDINATE = { type: 'number', minimum: -MAX_POSITION, maximum: MAX_POSITION };
const ZOOM = { type: 'number', exclusiveMinimum: 0, maximum: 100 };
const TIME = { type: 'number', minimum: 0, maximum: MAX_DRILL_MS, 'x-unit': 'ms' };
const POSITION = object(['x', 'y'], { x: COORDINATE, y: COORDINATE });

const OTHER_ELEMENTS = {
  group: object(['id', 'kind'], {
    id: ID,
    kind: { enum: ['region', 'zone'] },
    label: LABEL,
    parent: ID,
    collapsed: { type: 'boolean' },
    place: PLACE,
  }),
  roundTrip: object(['from', 'to', 'rttMs'], {
    from: PLACE,
    to: PLACE,
    rttMs: { type: 'number', minimum: 0, maximum: MAX_RTT_MS, 'x-unit': 'ms' },
  }),
  note: object(['id', 'position'], { id: ID, text: TEXT, position: POSITION }),
  drill: object(['id', 'durationMs'], {
    id: ID,
    name: LABEL,
    hypothesis: TEXT,
    durationMs: { type: 'number', exclusiveMinimum: 0, maximum: MAX_DRILL_MS, 'x-unit': 'ms' },
    steps: list('step', MAX_DRILL_STEPS),
    expectations: list('expectation', MAX_DRILL_STEPS),
  }),
  step: object(['atMs', 'target', 'fault'], {
    atMs: TIME,
    target: ID,
    unit: integer(0, MAX_UNIT),
    fault: ID,
    factor: { type: 'number', minimum: 0, maximum: MAX_FACTOR },
  }),
  expectation: object(['subject', 'measure', 'is', 'value', 'fromMs', 'toMs'], {
    subject: ID,
    measure: { enum: MEASURES },
    is: { enum: COMPARISONS },
    value: { type: 'number' },
    fromMs: TIME,
    toMs: TIME,
  }),
};

function nodeSchema(kinds: readonly { readonly kind: string; readonly label: string }[]): JsonSchema {
  const options = kinds.map(({ kind, label }) => ({ const: kind, title: label }));
  return {
    ...object(['id', 'kind', 'position'], {
      id: ID,
      kind: { type: 'string', oneOf: options },
      label: LABEL,
      position: POSITION,
      params: { type: 'object' },
      group: ID,
    }),
    allOf: kinds.map(({ kind }) => ({
      if: { properties: { kind: { const: kind } } },
      then: { properties: { params: { $ref: `#/$defs/params-${kind}` } } },
    })),
  };
}

function object(required: readonly string[], properties: JsonSchema): JsonSchema {
  return { type: 'object', required, properties, additionalProperties: false };
}

function list(element: string, maxItems: number): JsonSchema {
  return { type: 'array', items: { $ref: `#/$defs/${element}` }, maxItems };
}

function integer(minimum: number, maximum: number): JsonSchema {
  return { type: 'integer', minimum, maximum };
}
