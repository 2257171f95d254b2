/**
 * Keeps the app for visits without network, and says when a newer one is there; it is taken only when people ask for
 * it and their work is kept. It must not know what is cached.
 */
import type { Autosave } from '../design/autosave.ts';
import type { ViewStore } from './view.ts';

export async function keepOffline(
  view: Pick<ViewStore, 'notify'>,
  autosave: Pick<Autosave, 'flush'>,
  workers: ServiceWorkerContainer | undefined = navigator.serviceWorker,
  reload = () => location.reload(),
): Promise<void> {
  if (!workers) return;
  const isUpdate = workers.controller !== null;
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
              workers.addEventListener('controllerchange', reload, { once: true });
              registration.waiting?.postMessage('take over');
            }),
        },
      ],
    });
  try {
    const registration = await workers.register('service-worker.js');
    if (isUpdate && registration.waiting) offer(registration);
    registration.addEventListener('updatefound', () => {
      const coming = registration.installing;
      coming?.addEventListener('statechange', () => {
        if (coming.state === 'installed' && workers.controller) offer(registration);
      });
    });
  } catch {
    // Refused (private window, plain HTTP): the app works all the same, with a network.
  }
}
