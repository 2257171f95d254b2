// What hashes, learned times and open requests choose, against the figures the specification names (balancing.md §13, O-3,
// O-4, O-12, O-13, O-14 and O-21), in ordinary designs: visitors, a balancer, instances that count what came.
// A balancer hashes "user:n", "key:n" or the address 10.x.y.1, so of O-3 and O-4 only those names can be seen here; the
// others, the step 100 → 68.39 of O-12 between two samples without a pick (each pick lets the cost sink to that instant),
// the first points of a ring and a large Maglev table are tested on the bare rules in test/kinds.
import { describe, expect, it } from 'vitest';
import type { ParamOverrides } from '../../src/model/params.ts';
import { applyEdit } from '../../src/model/edits.ts';
import { applyDesign } from '../../src/session/assemble.ts';
import { askedAt, constant } from '../kinds/asked.ts';
import { arrived, behind, marks, total, until } from '../kinds/behind.ts';

const everyMs = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
const SERVED = { workers: 1_000, queueLimit: 1_000 };
/** Nothing that was sent ends while a test looks. */
const ENDLESS = constant(600_000, SERVED);

describe('O-3 and O-4: the whole hash, from where it falls on 200 and on 199 instances', () => {
  /** Instances that so many visitors fall on; `down` ones refuse, and the next try goes where the hash says. */
  function fallOn(instances: number, visitors: number, rules: ParamOverrides, down: readonly number[] = []) {
    const running = behind(
      askedAt(everyMs(60), { sessions: visitors }),
      { hashKey: 'session', tryNext: 'connect', maxTries: 2, ...rules },
      [{}],
      constant(0, { instances, ...SERVED }),
    );
    for (const unit of down) running.stations.get('a')!.fault('crash', unit, 1);
    until(running, 100);
    return arrived(running, 'a').flatMap((count, unit) => (count > 0 ? [unit] : []));
  }
  const sorted = (hashes: readonly number[], instances: number) =>
    hashes.map((hash) => hash % instances).sort((a, b) => a - b);

  // Two remainders tell 39,800 numbers apart, and a hash of one try is below 32,768.
  it.each([200, 199])('"user:0" 3234, "user:1" 31653, "user:2" 25260 among %i', (instances) => {
    const hash = { algorithm: 'hash' };
    expect(fallOn(instances, 1, hash)).toEqual([3234 % instances]);
    expect(fallOn(instances, 2, hash)).toEqual(sorted([3234, 31653], instances));
    expect(fallOn(instances, 3, hash)).toEqual(sorted([3234, 31653, 25260], instances));
  });

  it.each([200, 199])(
    'where the instance of "user:1" is down, the second try of it has 54468 among %i',
    (instances) => {
      const hash = { algorithm: 'hash' };
      const found = fallOn(instances, 2, hash, [31653 % instances]);
      expect(found.filter((unit) => unit !== 31653 % instances)).toEqual(sorted([3234, 54468], instances));
    },
  );

  it.each([200, 199])('the address 10.0.0.1 has 2565 by IP hash among %i', (instances) => {
    expect(fallOn(instances, 1, { algorithm: 'ipHash' })).toEqual([2565 % instances]);
  });
});

describe('O-12: peak EWMA with a time constant of 10 s', () => {
  it('100 ms sinks over 4.95 s to 60.96 at a pick, with an answer of 50 ms to 60.90; one of 300 ms counts at once', () => {
    const running = behind(
      askedAt([1, 5_051, 20_000]),
      { algorithm: 'peakEwma' },
      [{}],
      constant(100, SERVED),
    );
    const slow = (serviceMs: number) =>
      applyDesign(
        running,
        applyEdit(running.design, { type: 'setParam', ids: ['a'], name: 'serviceMs', value: serviceMs }),
      );
    const cost = (ms: number) => {
      until(running, ms);
      return /cost ([\d.]+) ms/.exec(marks(running)[0])![1];
    };
    expect(cost(200)).toBe('100.0');
    slow(50);
    // 100 · e^(−0.495) = 60.957; 60.957 · e^(−0.005) + 50 · (1 − e^(−0.005)) = 60.903.
    expect(cost(5_060)).toBe('61.0');
    expect(cost(5_200)).toBe('60.9');
    slow(300);
    expect(cost(20_400)).toBe('300.0');
  });
});

describe('O-13: least time counts in steps of 20 ms', () => {
  it.each([
    [0, 20],
    [19, 20],
    [20, 40],
    [39, 40],
    [5_001, 5_000],
  ])('an instance that takes %i ms counts as %i', (tookMs, counted) => {
    const running = behind(askedAt([1]), { algorithm: 'leastTime' }, [{}], constant(tookMs, SERVED));
    until(running, 6_000);
    expect(marks(running)[0]).toContain(`${tookMs} ms, counts as ${counted}`);
  });
});

describe('O-14: load as HAProxy sees it', () => {
  it('one of weight 10 has 19 open (key 512) before one of weight 1 with one open (512) gets its second', () => {
    const rules = { algorithm: 'leastConnections', variant: 'haproxy' };
    const running = behind(askedAt(everyMs(22)), rules, [{ weight: 1 }, { weight: 10 }], ENDLESS);
    const seen = [2, 10, 20, 22].map((ms) => {
      until(running, ms + 0.5);
      const keys = marks(running).map((mark) => /key (\d+)/.exec(mark)![1]);
      return `${total(running, 'a')} open ${keys[0]}, ${total(running, 'b')} open ${keys[1]}`;
    });
    expect(seen).toEqual([
      '1 open 512, 1 open 51',
      '1 open 512, 9 open 256',
      '1 open 512, 19 open 512',
      '2 open 768, 20 open 537',
    ]);
  });

  it.each(['ringHash', 'maglev'])(
    'of 100 requests of one visitor that stay open %s keeps 13 at most on any of ten at 125 %, all on one without',
    (algorithm) => {
      const most = (boundShare: number) => {
        const client = askedAt(everyMs(100), { sessions: 1 });
        const service = constant(600_000, { instances: 10, ...SERVED });
        const running = behind(client, { algorithm, boundShare }, [{}], service);
        until(running, 101);
        expect(total(running, 'a')).toBe(100);
        return Math.max(...arrived(running, 'a'));
      };
      expect([most(1.25), most(0)]).toEqual([13, 100]);
    },
  );
});

describe('O-21: what moves when an instance goes or comes', () => {
  const REQUESTS = 10_000;

  /** Instance of each request: a visitor each, and the same visitors whatever the instances are. */
  function picks(algorithm: string, instances: number): number[] {
    const client = askedAt(everyMs(REQUESTS), { sessions: 10_000_000 });
    const service = constant(0, { instances, ...SERVED });
    const running = behind(client, { algorithm, hashKey: 'session' }, [{}], service);
    const { units } = running.stations.get('a')!;
    const before = units.map(() => 0);
    return everyMs(REQUESTS).map((ms) => {
      until(running, ms + 0.5);
      const unit = units.findIndex((each, i) => each.arrived > before[i]);
      before[unit]++;
      return unit;
    });
  }
  const movedOf = (from: readonly number[], to: readonly number[]) =>
    from.flatMap((unit, i) => (unit === to[i] ? [] : [{ from: unit, to: to[i] }]));
  const error = (share: number) => Math.sqrt((share * (1 - share)) / REQUESTS);

  it('modulo: 90 % when one of ten goes, 91 % when an eleventh comes', () => {
    const [nine, ten, eleven] = [9, 10, 11].map((instances) => picks('hash', instances));
    expect(Math.abs(movedOf(ten, nine).length / REQUESTS - 0.9)).toBeLessThan(4 * error(0.9));
    expect(Math.abs(movedOf(ten, eleven).length / REQUESTS - 10 / 11)).toBeLessThan(4 * error(10 / 11));
  });

  it('ring: exactly the requests of the one that goes; an eleventh takes its share from all', () => {
    const [nine, ten, eleven] = [9, 10, 11].map((instances) => picks('ringHash', instances));
    const gone = movedOf(ten, nine);
    expect(gone).toHaveLength(ten.filter((unit) => unit === 9).length);
    expect(gone.every(({ from }) => from === 9)).toBe(true);
    const come = movedOf(ten, eleven);
    expect(come.every(({ to }) => to === 10)).toBe(true);
    expect(new Set(come.map(({ from }) => from)).size).toBe(10);
    // 160 points for each: a share scatters by 1 ÷ √160 of itself.
    for (const [moved, share] of [
      [gone, 1 / 10],
      [come, 1 / 11],
    ] as const) {
      const allowed = 4 * Math.hypot(share / Math.sqrt(160), error(share));
      expect(Math.abs(moved.length / REQUESTS - share)).toBeLessThan(allowed);
    }
  });

  it.each([
    [10, 0.002],
    [100, 0.006],
  ])(
    'Maglev: its own when one of %i goes, and of the others a share of %d, twice that at most',
    (count, extra) => {
      const [before, after] = [picks('maglev', count), picks('maglev', count - 1)];
      const moved = movedOf(before, after);
      const own = moved.filter(({ from }) => from === count - 1).length;
      expect(own).toBe(before.filter((unit) => unit === count - 1).length);
      expect(Math.abs(own / REQUESTS - 1 / count)).toBeLessThan(4 * error(1 / count));
      const others = (moved.length - own) / REQUESTS;
      expect(others).toBeGreaterThan(0);
      expect(others).toBeLessThan(2 * extra + 4 * error(2 * extra));
    },
  );
});
