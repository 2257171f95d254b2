// The runner: real time, speed, slices and what the page looks at change nothing in a run; faults and edits take effect
// at once; frames wait for the page.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Design } from '../../src/model/document.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { LINK_FIELDS, NODE_FIELDS, type Frame, type Layout } from '../../src/session/protocol.ts';
import { Runner } from '../../src/session/runner.ts';

const design: Design = {
  format: 'loadbearing/1',
  name: 'Two tiers',
  seed: 7,
  groups: [],
  notes: [],
  drills: [
    {
      id: 'd1',
      name: 'It dies',
      hypothesis: '',
      durationMs: 4_000,
      steps: [{ atMs: 1_000, target: 'n3', fault: 'crash' }],
      expectations: [
        { subject: 'n2', measure: 'failedShare', is: 'above', value: 0.9, fromMs: 1_500, toMs: 3_000 },
      ],
    },
  ],
  nodes: [
    { id: 'n1', kind: 'client', label: 'Clients', position: { x: 0, y: 0 }, params: { rateRps: 400 } },
    { id: 'n2', kind: 'service', label: 'api', position: { x: 200, y: 0 }, params: { serviceMs: 5 } },
    { id: 'n3', kind: 'database', label: 'db', position: { x: 400, y: 0 }, params: {} },
  ],
  links: [
    { id: 'l1', from: 'n1', to: 'n2', params: {} },
    { id: 'l2', from: 'n2', to: 'n3', params: { breaker: 'on' } },
  ],
};

/** A host whose real time the test turns by hand; frames are acknowledged unless told otherwise. */
class ByHand {
  real = 0;
  frames: Frame[] = [];
  layouts: Layout[] = [];
  acknowledges = true;
  next: (() => void) | null = null;
  problem: unknown = null;
  readonly runner = new Runner({
    now: () => (this.real += 0.01),
    schedule: (next) => (this.next = next),
    send: (frame, layout) => {
      this.frames.push(frame);
      if (layout) this.layouts.push(layout);
      if (this.acknowledges) queueMicrotask(() => this.runner.acknowledge([]));
    },
    fail: (problem) => (this.problem = problem),
  });

  get last(): Frame {
    return this.frames[this.frames.length - 1];
  }

  /** Lets real time pass in steps. */
  async pass(realMs: number, step = 10): Promise<void> {
    for (let t = 0; t < realMs; t += step) {
      this.real += step;
      const { next } = this;
      this.next = null;
      next?.();
      await Promise.resolve();
    }
  }

  node(row: number, field: (typeof NODE_FIELDS)[number]): number {
    return this.last.nodes[row * NODE_FIELDS.length + NODE_FIELDS.indexOf(field)];
  }

  link(row: number, field: (typeof LINK_FIELDS)[number]): number {
    return this.last.links[row * LINK_FIELDS.length + LINK_FIELDS.indexOf(field)];
  }
}

describe('the runner', () => {
  let host: ByHand;
  beforeEach(() => {
    host = new ByHand();
    host.runner.load(design);
  });

  const digests = () => host.frames.flatMap((f) => f.digests).map((d) => `${d.atMs} ${d.digest}`);

  it('gives the digest of a headless run at any speed and with any slices', async () => {
    const expected = `10000 ${runHeadless(design, { forMs: 10_000 }).digest}`;
    for (const [speed, step] of [
      [1, 16],
      [7.3, 40],
      [Infinity, 5],
    ]) {
      host = new ByHand();
      host.runner.load(design);
      host.runner.setSpeed(speed);
      host.runner.stopAt(10_500);
      host.runner.play();
      await host.pass(12_000 / Math.min(speed, 20), step);
      expect(digests()).toEqual([expected]);
    }
  });

  it('at speed 1 a second of simulated time takes a second', async () => {
    const from = host.real;
    host.runner.play();
    await host.pass(3_000);
    host.runner.pause();
    const passed = host.real - from;
    expect(host.last.simMs / passed).toBeGreaterThan(0.98);
    expect(host.last.simMs / passed).toBeLessThan(1.01);
  });

  it('in slow motion does next to nothing per slice, and still gets on', async () => {
    host.runner.setSpeed(1 / 1000);
    host.runner.play();
    const from = host.real;
    await host.pass(2_000, 4);
    host.runner.pause();
    expect(host.real - from).toBeLessThan(2_200);
    expect(host.last.simMs).toBeGreaterThan(1.9);
    expect(host.last.simMs).toBeLessThan(2.2);
  });

  it('stops by itself at the time it was told to', async () => {
    host.runner.stopAt(1_234);
    host.runner.play();
    await host.pass(3_000);
    expect(host.last.simMs).toBe(1_234);
    expect(host.last.playing).toBe(false);
  });

  it('runs no further than two frames ahead of a page that does not answer', async () => {
    host.acknowledges = false;
    const before = host.frames.length;
    host.runner.play();
    await host.pass(5_000);
    expect(host.frames.length - before).toBeLessThanOrEqual(2);
    expect(host.last.simMs).toBeLessThan(500);
    host.runner.acknowledge([]);
    host.runner.acknowledge([]);
    await host.pass(1_000);
    expect(host.frames.length - before).toBeGreaterThan(2);
  });

  it('steps one event, one request, one second', () => {
    host.runner.step('event');
    expect(host.last.events).toBe(1);
    host.runner.step('request');
    expect(host.last.simMs).toBeGreaterThan(5);
    expect(host.last.simMs).toBeLessThan(200);
    const from = host.last.simMs;
    host.runner.step('second');
    expect(host.last.simMs).toBeCloseTo(from + 1000, 6);
  });

  it('a crashed database opens the breaker of its caller; restored, it closes again', () => {
    const order = { target: 'n3', unit: null, factor: 1 };
    for (let i = 0; i < 2; i++) host.runner.step('second');
    expect(host.link(1, 'breaker')).toBe(0);
    host.runner.inject({ ...order, fault: 'crash' });
    host.runner.step('second');
    expect(host.link(1, 'breaker')).toBe(2);
    expect(host.runner.inspect('l2')!.sentence).toMatch(/^Open since 00:02\.\d/);
    expect(host.runner.inspect('n3')!.sentence).toBe('Down. Every call is refused.');
    expect(host.runner.inspect('n3')!.faults).toEqual([
      { target: 'n3', fault: 'crash', unit: -1, factor: 1 },
    ]);
    host.runner.inject({ ...order, fault: 'restore' });
    for (let i = 0; i < 12; i++) host.runner.step('second');
    expect(host.link(1, 'breaker')).toBe(0);
    expect(host.runner.inspect('n3')!.faults).toEqual([]);
    const said = host.frames.flatMap((f) => f.log).map((l) => l.text);
    expect(said.some((t) => /Breaker api-\d → db opened: \d+ of the last \d+ calls failed/.test(t))).toBe(
      true,
    );
    expect(said.some((t) => /Breaker api-\d → db is half-open/.test(t))).toBe(true);
    expect(said.some((t) => /Breaker api-\d → db closed/.test(t))).toBe(true);
  });

  it('an edit takes effect without starting again, and untouched parts do not notice', () => {
    host.runner.step('second');
    const faster = {
      ...design,
      nodes: design.nodes.map((n) => (n.id === 'n1' ? { ...n, params: { rateRps: 800 } } : n)),
    };
    host.runner.apply(faster);
    expect(host.last.simMs).toBe(1000);
    for (let i = 0; i < 2; i++) host.runner.step('second');
    expect(host.node(0, 'rateRps')).toBeGreaterThan(700);
    expect(host.last.log.length + host.frames.flatMap((f) => f.log).length).toBeGreaterThan(0);
  });

  it('a new node and link join the running system, and the layout says so', () => {
    host.runner.step('second');
    const version = host.layouts[0].version;
    host.runner.apply({
      ...design,
      nodes: [
        ...design.nodes,
        { id: 'n4', kind: 'cache', label: 'cache', position: { x: 400, y: 200 }, params: {} },
      ],
      links: [...design.links, { id: 'l3', from: 'n2', to: 'n4', params: {} }],
    });
    expect(host.layouts[host.layouts.length - 1].version).toBeGreaterThan(version);
    for (let i = 0; i < 3; i++) host.runner.step('second');
    expect(host.node(3, 'rateRps')).toBeGreaterThan(200);
    expect(host.node(3, 'gauge0')).toBeGreaterThan(0);
  });

  it('a deleted node refuses what is under way and is gone from the layout', () => {
    host.runner.step('second');
    host.runner.apply({ ...design, nodes: design.nodes.slice(0, 2), links: design.links.slice(0, 1) });
    for (let i = 0; i < 2; i++) host.runner.step('second');
    expect(host.layouts[host.layouts.length - 1].nodes.map((n) => n.id)).toEqual(['n1', 'n2']);
    expect(host.node(1, 'okRps')).toBeGreaterThan(300);
  });

  it('carries out a drill and says what became of its expectations', () => {
    host.runner.load(design, 'd1');
    for (let i = 0; i < 4; i++) host.runner.step('second');
    const [verdict] = host.frames.flatMap((f) => f.verdicts);
    expect(verdict.measured).toBeGreaterThan(0.9);
    expect(verdict.passed).toBe(true);
  });

  it('every hop belongs to a request whose trace can be fetched', () => {
    host.runner.step('second');
    const { hops } = host.last;
    expect(hops.length).toBeGreaterThan(0);
    const trace = host.runner.trace(hops[1])!;
    expect(trace.spans[0].parent).toBeNull();
    expect(trace.spans.map((s) => s.node)).toContain('n2');
    for (const span of trace.spans.slice(1)) expect(trace.spans.some((s) => s.id === span.parent)).toBe(true);
    const ended = host.runner.recentTraces();
    expect(ended[0].durationMs).toBeGreaterThan(1);
  });

  it('refuses in words a fault that its target does not know', () => {
    host.runner.inject({ target: 'n3', unit: null, fault: 'flush', factor: 1 });
    host.runner.inject({ target: 'nowhere', unit: null, fault: 'crash', factor: 1 });
    host.runner.inject({ target: 'n2', unit: 99, fault: 'crash', factor: 1 });
    const said = host.frames.flatMap((f) => f.log).map((l) => l.text);
    expect(said.filter((t) => t.startsWith('Nothing here can be told to'))).toHaveLength(3);
  });
});
