// Keeps the whole app in this browser, so that a second visit needs no network. The build writes the list of files and
// their version in front of this script; it must not know what is in the files.
(function () {
  const { version, files } = self.precache;
  const prefix = `loadbearing ${self.registration.scope} `;
  const name = prefix + version;
  const pages = new Set(['./', './index.html'].map((path) => new URL(path, self.registration.scope).href));

  self.addEventListener('install', (event) => {
    const fresh = files.map((file) => new Request(file, { cache: 'reload' }));
    event.waitUntil(caches.open(name).then((cache) => cache.addAll(fresh)));
  });

  self.addEventListener('activate', (event) => {
    const old = (key) => key.startsWith(prefix) && key !== name;
    event.waitUntil(
      caches
        .keys()
        .then((keys) => Promise.all(keys.filter(old).map((key) => caches.delete(key))))
        .then(() => self.clients.claim()),
    );
  });

  // The page asks for it once its work is kept.
  self.addEventListener('message', (event) => {
    if (event.data === 'take over') event.waitUntil(self.skipWaiting());
  });

  self.addEventListener('fetch', (event) => {
    const { request } = event;
    const address = new URL(request.url);
    address.search = '';
    address.hash = '';
    if (request.method !== 'GET' || address.origin !== self.location.origin) return;
    const wanted = pages.has(address.href) ? new URL('./index.html', self.registration.scope).href : request;
    event.respondWith(
      // Not by `open`, which would make the cache anew that a newer version has just deleted.
      caches.match(wanted, { cacheName: name, ignoreVary: true }).then((kept) => kept ?? fetch(request)),
    );
  });
})();
