/**
 * Tells tabs that show the same document of each other, so that neither silently overwrites the other's work. It
 * must not know what a document holds.
 */
import type { ViewStore } from '../app/view.ts';
import { freshDocumentId, type DesignStore } from './store.ts';

export interface Tabs {
  /** Says which document this tab shows; `onShared` is called when another tab already shows it. */
  show(documentId: string): void;
  close(): void;
}

interface Message {
  readonly type: 'opening' | 'here';
  readonly documentId: string;
}

export function createTabs(onShared: (documentId: string) => void, channel = openChannel()): Tabs {
  let shown: string | null = null;
  if (channel) {
    channel.onmessage = (event: MessageEvent<Message>) => {
      const { type, documentId } = event.data;
      if (documentId !== shown) return;
      if (type === 'opening') channel.postMessage({ type: 'here', documentId } satisfies Message);
      else onShared(documentId);
    };
  }
  return {
    show(documentId) {
      if (documentId === shown) return;
      shown = documentId;
      channel?.postMessage({ type: 'opening', documentId } satisfies Message);
    },
    close: () => channel?.close(),
  };
}

function openChannel(): BroadcastChannel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('loadbearing');
}

/** A document already open in another tab becomes a copy of its own in this one, and people are told. */
export function guardTabs(design: DesignStore, view: Pick<ViewStore, 'notify'>): Tabs {
  const tabs = createTabs(() => {
    design.becomeCopy(freshDocumentId());
    tabs.show(design.getState().documentId);
    view.notify({
      id: 'other-tab',
      tone: 'info',
      text: 'This design is also open in another tab. What you change here is kept as a copy of its own.',
    });
  });
  const show = () => tabs.show(design.getState().documentId);
  design.source.subscribe((change) => change === 'open' && show());
  show();
  return tabs;
}
