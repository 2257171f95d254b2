// `npm start`: from a clean checkout to the running app. Installs and builds only what is missing or out of date.
import { spawn } from 'node:child_process';
import { installPackages, requireNode, root } from './install.mjs';
import { isBuildStale } from './newest.mjs';

requireNode();
installPackages();
process.chdir(root);

const vite = await import('vite');
if (isBuildStale()) {
  console.log('Building …');
  await vite.build({ logLevel: 'warn' });
}
// Not strict: when the port is taken the next free one is used.
const server = await vite.preview({
  preview: { host: '127.0.0.1', port: Number(process.env.PORT) || 4173, strictPort: false, open: false },
});
const address = server.resolvedUrls.local[0];
console.log(`\n  Loadbearing is running at ${address}\n  Press Ctrl-C to stop it.\n`);
if (process.stdout.isTTY && !process.env.CI) openBrowser(address);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    server.httpServer.closeAllConnections?.();
    process.exit(0);
  });
}

/** Opens the address where there is a browser to open it; where there is none, the printed address is enough. */
function openBrowser(url) {
  const [command, ...args] = { darwin: ['open', url], win32: ['cmd', '/c', 'start', '', url] }[
    process.platform
  ] ?? ['xdg-open', url];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
