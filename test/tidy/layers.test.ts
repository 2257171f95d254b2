// Arrows between the layers point one way.
import { describe, expect, test } from 'vitest';
import { findLayerViolations } from './layers.ts';
import { readSources, sources } from './tree.ts';

const violations = (path: string, text: string) => findLayerViolations(sources({ [path]: text }));

describe('layers', () => {
  test('the sources keep to the arrows', () => {
    const files = readSources('src');
    expect(files.size).toBeGreaterThan(0);
    expect(findLayerViolations(files)).toEqual([]);
  });

  test.each([
    ['src/model/a.ts', "import { x } from '../engine/x.ts';"],
    ['src/model/a.ts', "import { x } from 'xstate';"],
    ['src/engine/a.ts', "import type { Design } from '../model/document.ts';"],
    ['src/engine/machines/a.ts', "export { x } from '../../kinds/x.ts';"],
    ['src/engine/a.ts', "import { useMachine } from '@xstate/react';"],
    ['src/kinds/cache/spec.ts', "import { x } from '../../session/x.ts';"],
    ['src/kinds/cache/behaviour.ts', "import { useState } from 'react';"],
    ['src/drills/a.ts', "import '../session/worker.ts';"],
    ['src/session/a.ts', "import { x } from '../ui/x.tsx';"],
    ['src/session/a.ts', "const later = () => import('../cli/main.ts');"],
    ['src/cli/main.ts', "import { App } from '../ui/app.tsx';"],
    ['src/ui/canvas/a.tsx', "import { x } from '../../engine/x.ts';"],
    ['src/ui/a.tsx', "import { readFileSync } from 'node:fs';"],
    ['src/ui/a.ts', "new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module' });"],
    ['src/ui/a.ts', "import '../main.tsx';"],
    ['src/ui/a.ts', "import config from '../../vite.config.ts';"],
    ['src/helper.ts', ''],
  ])('a planted violation in %s is reported: %s', (path, text) => {
    expect(violations(path, text)).toHaveLength(1);
  });

  test.each([
    ['src/main.tsx', "import { App } from './ui/app.tsx'; import { run } from './engine/run.ts';"],
    ['src/engine/machines/a.ts', "import { setup } from 'xstate'; import { now } from '../agenda.ts';"],
    ['src/kinds/cache/spec.ts', "import { share } from '../../model/params.ts';"],
    ['src/session/worker.ts', "import { expose } from 'comlink'; import { run } from '../engine/run.ts';"],
    ['src/ui/a.tsx', "import { scaleLinear } from 'd3'; import { play } from '../session/remote.ts';"],
    ['src/cli/main.ts', "import { readFileSync } from 'node:fs'; import { run } from '../engine/run.ts';"],
    ['src/model/a.ts', "// import { x } from '../engine/x.ts';"],
  ])('an import along the arrows in %s is not: %s', (path, text) => {
    expect(violations(path, text)).toEqual([]);
  });
});
