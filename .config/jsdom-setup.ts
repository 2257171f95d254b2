// What component tests need that jsdom does not have. Layout is not simulated: sizes come back as zero.
import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, vi } from 'vitest';

// Panels and dialogs are fetched when they are first needed: on a busy machine that takes longer than the usual second.
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);
// What the page fetches in the background must not arrive when its document is gone.
afterAll(() => vi.dynamicImportSettled());

class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}

/** React Flow reads its zoom from the viewport's transform. */
class Matrix {
  readonly m22: number;
  constructor(transform = '') {
    this.m22 = Number(/scale\(([\d.]+)\)/.exec(transform)?.[1] ?? 1);
  }
}

const noMatch = (query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener() {},
  removeEventListener() {},
  dispatchEvent: () => false,
});

function define(target: object, members: Record<string, unknown>) {
  for (const [name, value] of Object.entries(members)) {
    if (Reflect.get(target, name) === undefined)
      Object.defineProperty(target, name, { value, writable: true, configurable: true });
  }
}

define(window, {
  ResizeObserver: NoObserver,
  IntersectionObserver: NoObserver,
  DOMMatrixReadOnly: Matrix,
  matchMedia: noMatch,
});
define(Element.prototype, {
  scrollIntoView() {},
  hasPointerCapture: () => false,
  setPointerCapture() {},
  releasePointerCapture() {},
});
define(HTMLElement.prototype, {
  showPopover(this: HTMLElement) {
    this.dataset.popoverOpen = '';
  },
  hidePopover(this: HTMLElement) {
    delete this.dataset.popoverOpen;
  },
});
define(HTMLDialogElement.prototype, {
  show(this: HTMLDialogElement) {
    this.open = true;
  },
  showModal(this: HTMLDialogElement) {
    this.open = true;
  },
  close(this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  },
});
