// The arrows between the layers, as the design draws them, and which packages each layer may use.
const only = (layer, ...layers) => ({
  name: `${layer}-imports-only-${layers.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: `^src/(${[layer, ...layers].join('|')})/` },
});

const onlyIn = (layers, name, packages) => ({
  name: `${name}-only-in-${layers.replaceAll('|', '-')}`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/(${layers})(/|\\.tsx$)` },
  to: { path: `node_modules/(@types/)?(${packages.join('|')})(/|$)` },
});

export default {
  forbidden: [
    only('model'),
    only('engine'),
    only('kinds', 'model', 'engine'),
    only('drills', 'model', 'engine', 'kinds'),
    only('session', 'model', 'engine', 'kinds', 'drills'),
    only('cli', 'model', 'engine', 'kinds', 'drills', 'session'),
    only('ui', 'model', 'kinds', 'drills', 'session'),
    {
      name: 'main-is-imported-by-nobody',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/main\\.tsx$' },
    },
    onlyIn('ui|main', 'react', [
      'react',
      'react-dom',
      '@xyflow',
      '@xstate/react',
      'zustand',
      'radix-ui',
      'lucide-react',
    ]),
    onlyIn('ui', 'd3', ['d3', 'd3-[a-z]+']),
    onlyIn('ui|main', 'fonts', ['@fontsource-variable']),
    onlyIn('engine|session|ui', 'xstate', ['xstate']),
    onlyIn('session', 'comlink', ['comlink']),
    {
      name: 'node-only-in-cli',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-test-code-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|\\.config)/|^vite\\.config\\.ts$' },
    },
    {
      name: 'no-development-packages-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/@types/',
      },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { path: '^src/', orphan: true, pathNot: '\\.d\\.ts$|^src/main\\.tsx$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Imports of types cross layers just as well.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
