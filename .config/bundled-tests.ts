// Gives Vitest each test that needs no page as one module, with all it imports of the repository in it, built as the
// page is. Vitest's own modules look up every imported name at each use: simulations take three times as long in them.
import { relative, resolve, sep } from 'node:path';
import { build, type Plugin } from 'vite';
import { keepConstants } from './built.mjs';

const TEST = /^test\/(?!ui\/|e2e\/).*\.test\.ts$/;

export function bundledTests(): Plugin {
  let root = '';
  return {
    name: 'bundled-tests',
    enforce: 'pre',
    configResolved: (config) => {
      root = config.root;
    },
    async load(id) {
      if (!TEST.test(relative(root, id).split(sep).join('/'))) return null;
      const built = await build({
        configFile: false,
        root,
        logLevel: 'error',
        publicDir: false,
        build: {
          ssr: id,
          write: false,
          target: 'node20',
          minify: false,
          sourcemap: true,
          rolldownOptions: { ...keepConstants, output: { ...keepConstants.output, codeSplitting: false } },
        },
      });
      if (!('output' in built)) throw new Error(`${id} was not built`);
      const [{ code, map, moduleIds }] = built.output;
      for (const source of moduleIds) this.addWatchFile(source);
      // The map names its sources as seen from the folder of the build.
      const sources = map?.sources.map((source) => resolve(root, 'dist', source));
      return { code, map: map && sources ? { ...map, sources } : null };
    },
  };
}
