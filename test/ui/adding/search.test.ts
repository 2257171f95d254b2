// What people type finds the kind they mean: by name, by product, by purpose, and with one letter wrong.
import { expect, it } from 'vitest';
import { SPECS } from '../../../src/kinds/specs.ts';
import { findKinds } from '../../../src/ui/adding/search.ts';

const kinds = (query: string) => findKinds(Object.values(SPECS), query).map(({ spec }) => spec.kind);

it.each([
  ['redis', 'cache'],
  ['postgres', 'database'],
  ['Nginx', 'balancer'],
  ['cloudfront', 'cdn'],
  ['mongo', 'sharded-database'],
  ['k6', 'client'],
  ['lambda', 'service'],
  ['  load   balancer ', 'balancer'],
  ['database', 'database'],
  ['shard', 'sharded-database'],
])('%s is %s', (query, kind) => {
  expect(kinds(query)[0]).toBe(kind);
});

it('says by which other word it was found, and none where the name itself fits', () => {
  expect(findKinds(Object.values(SPECS), 'redi')[0].alias).toBe('redis');
  expect(findKinds(Object.values(SPECS), 'cach')[0].alias).toBeNull();
});

it.each([
  ['rediss', 'cache'],
  ['posgres', 'database'],
  ['ngnix', 'balancer'],
  ['servise', 'service'],
])('%s was meant to be %s', (query, kind) => {
  expect(kinds(query)[0]).toBe(kind);
});

it('guesses only when nothing is known by that word, and never from three letters', () => {
  expect(kinds('elb')).toEqual(['balancer']);
  expect(kinds('xyz')).toEqual([]);
  expect(kinds('rdis')).toContain('cache');
  expect(kinds('toaster')).toEqual([]);
});

it('shows every kind before anything is typed', () => {
  expect(kinds('')).toEqual(Object.keys(SPECS));
});
