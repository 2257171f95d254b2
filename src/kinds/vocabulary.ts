/**
 * The kinds and links as the model wants them: names and parameter tables. Apart from the specs, because the first
 * picture can do without the parameters of links.
 */
import { LINK_PARAMS } from './link.ts';
import { SPECS } from './specs.ts';

const ALL = Object.values(SPECS);

export const VOCABULARY = {
  kinds: Object.fromEntries(ALL.map((spec) => [spec.kind, { label: spec.label, params: spec.params }])),
  kindOrder: ALL.map((spec) => spec.kind),
  link: LINK_PARAMS,
};
