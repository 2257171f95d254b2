// How the app is built and served, and where the Vitest projects find their tests.
import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { keepConstants } from './.config/built.mjs';
import { bundledTests } from './.config/bundled-tests.ts';
import { keepOffline } from './.config/offline.ts';

/** React's fast refresh needs an inline script, which the page's policy forbids; only the dev server drops it. */
function dropPolicyInDevelopment(): Plugin {
  return {
    name: 'drop-policy-in-development',
    apply: (_config, { command, isPreview }) => command === 'serve' && !isPreview,
    transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
  };
}

/**
 * Layers rank in the order in which a page first hears of them, and which style sheet comes first depends on how the
 * code was split: each one opens with the order that theme/base.css states.
 */
function orderLayersEverywhere(): Plugin {
  return {
    name: 'order-layers-everywhere',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const base = readFileSync(new URL('src/ui/theme/base.css', import.meta.url), 'utf8');
      const order = /^@layer [\w, ]+;/m.exec(base);
      if (!order) throw new Error('src/ui/theme/base.css does not state the order of the layers.');
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && file.fileName.endsWith('.css'))
          file.source = order[0] + String(file.source);
      }
    },
  };
}

export default defineConfig({
  // Relative, so that dist works from any sub-path of any static host.
  base: './',
  plugins: [react(), dropPolicyInDevelopment(), orderLayersEverywhere(), keepOffline()],
  worker: { format: 'es', rolldownOptions: keepConstants },
  build: {
    target: 'es2022',
    // The policy admits fonts and scripts from the own origin only, never from data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    rolldownOptions: keepConstants,
    // What a visitor waits for has a budget of its own, held by a gate.
    chunkSizeWarningLimit: 2000,
  },
  test: {
    // Vitest would leave one core to itself, which it hardly uses.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        plugins: [bundledTests()],
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/ui/**', 'test/browsers/**'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        plugins: [bundledTests()],
        test: { name: 'browsers', environment: 'node', include: ['test/browsers/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'component',
          environment: 'jsdom',
          include: ['test/ui/**/*.test.{ts,tsx}'],
          setupFiles: ['.config/jsdom-setup.ts'],
          testTimeout: 30_000,
        },
      },
    ],
  },
});
