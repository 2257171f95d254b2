/** Copy, cut and paste by the page's own commands, which a browser may refuse. It must not know what a paste does. */
import type { Point } from '../../model/document.ts';
import type { Services } from '../app/context.ts';
import { deleteElements } from './actions.ts';
import { loadPasting, selectionText } from './clipboard-text.ts';

export async function copySelection(services: Services): Promise<boolean> {
  const text = selectionText(services);
  if (text === null) return false;
  try {
    await navigator.clipboard.writeText(text);
    services.speech.say('Copied.');
    return true;
  } catch {
    const text = 'This browser does not let the page copy from a menu. Press Ctrl C (⌘C) instead.';
    services.view.notify({ id: 'clipboard', tone: 'warning', text, isBrief: true });
    return false;
  }
}

export async function cutSelection(services: Services): Promise<void> {
  if (await copySelection(services)) deleteElements(services, services.view.getState().selection);
}

export async function pasteFromClipboard(services: Services, at?: Point): Promise<void> {
  try {
    const text = await navigator.clipboard.readText();
    const { paste } = await loadPasting();
    await paste(services, text, at);
  } catch {
    const text =
      'This browser does not let the page read the clipboard from a menu. Press Ctrl V (⌘V) instead.';
    services.view.notify({ id: 'clipboard', tone: 'warning', text, isBrief: true });
  }
}
