/**
 * Keeps the app for visits without network, and says when a newer one is there; it is taken only when people ask for
 * it and their work is kept. It must not know what is cached.
 */
import type { Autosave } from '../design/autosave.ts';
import type { ViewStore } from './view.ts';

/** The newer one takes over when the older one is idle, which a browser may miss: it is asked until it did. */
const ASK_AGAIN_MS = 1_000;

export async function keepOffline(
  view: Pick<ViewStore, 'notify'>,
  autosave: Pick<Autosave, 'flush'>,
  workers: ServiceWorkerContainer | undefined = navigator.serviceWorker,
  reload = () => location.reload(),
): Promise<void> {
  if (!workers) return;
  const isUpdate = workers.controller !== null;
  let isKept = isUpdate;
  let isAsked = false;
  const offer = (registration: ServiceWorkerRegistration) =>
    view.notify({
      id: 'newer-version',
      tone: 'info',
      text: 'A newer Loadbearing is ready. Your work is saved before the page reloads.',
      actions: [
        {
          label: 'Reload now',
          run: () =>
            void autosave.flush().then(() => {
              isAsked = true;
              const ask = () => registration.waiting?.postMessage('take over');
              const asking = setInterval(ask, ASK_AGAIN_MS);
              workers.addEventListener(
                'controllerchange',
                () => {
                  clearInterval(asking);
                  reload();
                },
                { once: true },
              );
              ask();
            }),
        },
      ],
    });
  workers.addEventListener('controllerchange', () => {
    // On the first visit this only says that the app is kept from now on.
    const isOther = isKept && !isAsked;
    isKept = true;
    // What this tab has not fetched yet is gone with the older version.
    if (isOther)
      view.notify({
        id: 'newer-version',
        tone: 'warning',
        text: 'Another tab changed to a newer Loadbearing. Reload this one too; your work is saved before.',
        actions: [{ label: 'Reload now', run: () => void autosave.flush().then(reload) }],
      });
  });
  try {
    const registration = await workers.register('service-worker.js');
    if (isUpdate && registration.waiting) offer(registration);
    const watch = (coming: ServiceWorker | null) =>
      coming?.addEventListener('statechange', () => {
        if (coming.state === 'installed' && workers.controller) offer(registration);
      });
    // It may be on its way already, because another tab found it first.
    watch(registration.installing);
    registration.addEventListener('updatefound', () => watch(registration.installing));
  } catch {
    // Refused (private window, plain HTTP): the app works all the same, with a network.
  }
}
