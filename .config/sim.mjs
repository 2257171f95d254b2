// Runs a TypeScript entry under plain Node: `node .config/sim.mjs <entry.ts> [arguments]`. Bundles it first when a
// source is newer than the bundle; prints nothing itself, so that standard output is the program's own.
import { renameSync, utimesSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { keepConstants } from './built.mjs';
import { installPackages, requireNode, root } from './install.mjs';
import { newest } from './newest.mjs';

requireNode();
installPackages();

const [entry, ...args] = process.argv.slice(2);
const name = basename(dirname(entry));
const folder = 'node_modules/.cache/loadbearing';
const bundle = join(root, folder, `${name}.mjs`);

const sources = ['src', dirname(entry), 'package-lock.json', '.config/sim.mjs', '.config/built.mjs'];
if (newest(`${folder}/${name}.mjs`) <= newest(...sources)) await bundleEntry();

// npm changes to the repository's folder; file names are meant from where the command was typed.
const typedIn = process.env.INIT_CWD;
if (typedIn && ['sim', 'bench'].includes(process.env.npm_lifecycle_event)) process.chdir(typedIn);

process.argv = [process.argv[0], bundle, ...args];
await import(pathToFileURL(bundle).href);

/** Written under a name of its own and then renamed, so that two runs at the same time do not meet half a file. */
async function bundleEntry() {
  const { build } = await import('vite');
  const draft = `${name}.${process.pid}.mjs`;
  const begun = new Date();
  try {
    await build({
      configFile: false,
      root,
      logLevel: 'silent',
      publicDir: false,
      // The packages as production uses them, whatever NODE_ENV says here.
      ssr: { noExternal: true, resolve: { conditions: ['module', 'node'] } },
      build: {
        ssr: resolve(root, entry),
        target: 'node20',
        minify: false,
        outDir: folder,
        emptyOutDir: false,
        rolldownOptions: {
          ...keepConstants,
          output: { ...keepConstants.output, entryFileNames: draft, codeSplitting: false },
        },
      },
    });
  } catch (problem) {
    console.error(`${entry} could not be bundled: ${problem.message}`);
    process.exit(70);
  }
  // Dated from the start: a source saved meanwhile counts as newer.
  utimesSync(join(root, folder, draft), begun, begun);
  renameSync(join(root, folder, draft), bundle);
}
