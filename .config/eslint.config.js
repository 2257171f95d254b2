// Lint rules: the recommended sets, the size walls of the design, and the determinism of everything below `session`.
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Exact by the IEEE and ECMAScript standards, hence the same bits in every engine. */
const exactMath =
  'abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|E|LN10|LN2|LOG10E|LOG2E|PI|SQRT1_2|SQRT2';

const because = (names, message) => names.split(' ').map((name) => ({ name, message }));
const impureGlobals = [
  ...because('Date performance', 'Time is simulated: take it from the agenda.'),
  ...because(
    'setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask',
    'Time is simulated: schedule an event.',
  ),
  ...because('crypto', 'Chance comes from a stream derived from the seed.'),
  ...because('Intl', 'It depends on the machine it runs on.'),
  ...because(
    'window document self globalThis navigator location history screen localStorage sessionStorage indexedDB ' +
      'caches fetch XMLHttpRequest WebSocket EventSource BroadcastChannel Worker SharedWorker postMessage ' +
      'requestAnimationFrame cancelAnimationFrame requestIdleCallback addEventListener removeEventListener ' +
      'HTMLElement SVGElement Element Node Image alert confirm prompt process Buffer require',
    'Nothing below session knows a browser or Node.',
  ),
];

const inexact = [
  {
    selector: `MemberExpression[object.name='Math'][computed=false][property.name!=/^(${exactMath})$/]`,
    message:
      'This Math function differs between engines in its last bits (or is random): use the engine’s own.',
  },
  {
    selector:
      "MemberExpression[object.name='Math'][computed=true], :not(MemberExpression) > Identifier[name='Math']",
    message: 'Write Math.name out, so that it can be seen which function is used.',
  },
  {
    selector: "BinaryExpression[operator='**'], AssignmentExpression[operator='**=']",
    message: '`**` differs between engines in its last bits.',
  },
  {
    selector:
      "MemberExpression[property.name='localeCompare'], " +
      'CallExpression[arguments.length=0][callee.property.name=/^toLocale/]',
    message: 'Without a language given, the result depends on the machine it runs on.',
  },
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'test-results/', 'coverage/'] },
  tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // tsc reports these already, with the same names.
      '@typescript-eslint/no-unused-vars': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  { files: ['src/kinds/*/guide.ts'], rules: { 'max-lines': 'off' } },
  { files: ['test/**/*.{ts,tsx}'], rules: { 'max-lines': ['error', { max: 400 }] } },
  {
    files: ['src/{model,engine,kinds,drills}/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-syntax': ['error', ...inexact],
    },
  },
  { files: ['src/{main,ui/**/*}.{ts,tsx}', 'test/ui/**/*.{ts,tsx}'], ...hooks.configs.flat.recommended },
);
