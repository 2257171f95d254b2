/** How the page was asked for: to edit, to look at (`?view`), or small inside another page (`?embed`). */

export type Mode = 'edit' | 'view' | 'embed';

export function readMode(search: string): Mode {
  const asked = new URLSearchParams(search);
  if (asked.has('embed')) return 'embed';
  return asked.has('view') ? 'view' : 'edit';
}

/** The address of the same design in another mode. */
export function addressIn(mode: Mode, href = location.href): string {
  const address = new URL(href);
  address.search = mode === 'edit' ? '' : `?${mode}`;
  return address.href;
}

/** What is said where somebody tries to change what is only to be looked at. */
export const READ_ONLY_NOTICE = {
  id: 'read-only',
  tone: 'info',
  text: 'This view is read-only. Run it and break it here; to change it, choose “Edit a copy”.',
  isBrief: true,
} as const;

export function embedSnippet(href: string, name: string): string {
  const quoted = (text: string) => text.replace(/[&"<>]/g, (char) => `&#${char.charCodeAt(0)};`);
  return `<iframe src="${quoted(addressIn('embed', href))}" title="${quoted(name)}" width="800" height="480" loading="lazy"></iframe>`;
}
