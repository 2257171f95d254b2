/**
 * Tells tabs that show the same document of each other, so that neither silently overwrites the other's work. It
 * must not know what a document is.
 */
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
