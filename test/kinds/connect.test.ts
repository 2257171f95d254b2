// Which links may be drawn, and that every refusal says why in one sentence.
import { expect, it } from 'vitest';
import { KINDS } from '../../src/kinds/catalog.ts';
import { connectionProblem, kindProblem } from '../../src/kinds/connect.ts';
import { emptyDesign, type Design } from '../../src/model/document.ts';

function design(nodes: Record<string, string>, links: readonly (readonly [string, string])[] = []): Design {
  return {
    ...emptyDesign(),
    nodes: Object.entries(nodes).map(([id, kind]) => ({
      id,
      kind,
      label: id,
      position: { x: 0, y: 0 },
      params: {},
    })),
    links: links.map(([from, to]) => ({ id: `${from}-${to}`, from, to, params: {} })),
  };
}

it('lets a service call a database, and a balancer a service', () => {
  const shop = design({ door: 'balancer', api: 'service', orders: 'database' });
  expect(connectionProblem(shop, 'api', 'orders')).toBeNull();
  expect(connectionProblem(shop, 'door', 'api')).toBeNull();
});

it('refuses to call clients', () => {
  const shop = design({ users: 'client', api: 'service' });
  expect(connectionProblem(shop, 'api', 'users')).toBe('Clients start requests; nothing can call them.');
});

it('refuses a database that calls', () => {
  const shop = design({ orders: 'database', api: 'service' });
  expect(connectionProblem(shop, 'orders', 'api')).toBe('A database calls nobody.');
});

it('refuses a second link the same way', () => {
  const shop = design({ api: 'service', orders: 'database' }, [['api', 'orders']]);
  expect(connectionProblem(shop, 'api', 'orders')).toBe('There is already a link from api to orders.');
});

it('refuses loops, and shows the way round', () => {
  const chain = [
    ['a', 'b'],
    ['b', 'c'],
  ] as const;
  const shop = design({ a: 'service', b: 'service', c: 'service' }, chain);
  expect(connectionProblem(shop, 'c', 'a')).toBe('That would make a loop: c → a → b → c.');
  expect(connectionProblem(shop, 'b', 'a')).toBe('That would make a loop: b → a → b.');
});

it('refuses a second callee of clients, and says what helps', () => {
  const shop = design({ users: 'client', api: 'service', web: 'service' }, [['users', 'api']]);
  expect(connectionProblem(shop, 'users', 'web')).toBe(
    'Clients call one thing; put a balancer or global router in between.',
  );
});

it('lets only services call a cache beside a store', () => {
  const shop = design({ users: 'client', door: 'balancer', api: 'service', carts: 'cache' });
  expect(connectionProblem(shop, 'api', 'carts')).toBeNull();
  expect(connectionProblem(shop, 'door', 'carts')).toMatch(/^A cache only knows/);
  expect(connectionProblem(shop, 'users', 'carts')).toMatch(/^A cache only knows/);
});

it('refuses what does not exist, and a component calling itself', () => {
  const shop = design({ api: 'service' });
  expect(connectionProblem(shop, 'api', 'gone')).not.toBeNull();
  expect(connectionProblem(shop, 'api', 'api')).toBe('A component cannot call itself.');
});

it('gives one sentence for every pair of kinds it refuses, and every kind can be reached or reaches', () => {
  const specs = Object.values(KINDS).map((kind) => kind.spec);
  for (const caller of specs) {
    const reasons = specs.map((callee) => kindProblem(caller, callee));
    for (const reason of reasons) if (reason !== null) expect(reason).toMatch(/^[A-Z].*\.$/);
    const isCalled = specs.some((other) => kindProblem(other, caller) === null);
    expect(reasons.includes(null) || isCalled, caller.kind).toBe(true);
  }
});
