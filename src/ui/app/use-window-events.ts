/**
 * Events of the whole window: shortcuts, the clipboard, files dropped anywhere, links put into the address. It must not
 * know what any of them does.
 */
import { useEffect, useState } from 'react';
import { isCheckShown, isReturn } from '../check/address.ts';
import { pressKey } from '../commands/load.ts';
import { deleteElements } from '../design/actions.ts';
import { loadPasting, selectionText } from '../design/clipboard-text.ts';
import { useServices, type Services } from './context.ts';

/** True while a file is dragged over the window. */
export function useWindowEvents(): boolean {
  const services = useServices();
  const [isDropping, setIsDropping] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const on = <K extends keyof WindowEventMap>(name: K, then: (event: WindowEventMap[K]) => void) =>
      window.addEventListener(name, (event) => isCheckShown() || then(event), { signal: stop.signal });
    const isEdited = services.view.getState().mode === 'edit';
    on('keydown', (event) => pressKey(services, event));
    on('copy', (event) => copyOut(services, event));
    on('cut', (event) => {
      if (isEdited && copyOut(services, event)) deleteElements(services, services.view.getState().selection);
    });
    on('paste', (event) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!isEdited || isTyping(event.target)) return;
      event.preventDefault();
      void loadPasting().then(({ paste }) => paste(services, text));
    });
    on('dragover', (event) => {
      if (!isEdited || !hasFile(event)) return;
      event.preventDefault();
      setIsDropping(true);
    });
    on('dragleave', (event) => {
      if (event.relatedTarget === null) setIsDropping(false);
    });
    on('drop', (event) => {
      setIsDropping(false);
      if (!isEdited || !hasFile(event)) return;
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) void services.files.openFile(file);
    });
    on('hashchange', (event) => {
      if (location.hash.length > 1 && !isReturn(event)) void services.files.openLink(location.hash);
    });
    return () => stop.abort();
  }, [services]);
  return isDropping;
}

function copyOut(services: Services, event: ClipboardEvent): boolean {
  const isText = !isTyping(event.target) && (getSelection()?.isCollapsed ?? true);
  const text = isText ? selectionText(services) : null;
  if (text === null) return false;
  event.preventDefault();
  event.clipboardData?.setData('text/plain', text);
  services.speech.say('Copied.');
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, dialog') !== null;
}

function hasFile(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
