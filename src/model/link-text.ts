/**
 * Finds our part in what people paste: a whole address, a fragment, text that chat and mail tools have
 * wrapped, quoted, escaped or ended with a full stop. It must not know what the payload holds.
 */

/** Form of the links this code writes and reads: the codec, and the version of the columns in it. */
export const LINK_FORM = 'a1';

/** No link of ours with any address before it is longer. */
export const MAX_LINK_TEXT = 120_000;

/** Our payload, still to be checked, or one sentence on why there is none. */
export type FoundPayload = { readonly payload: string } | { readonly reason: string };

export function findPayload(text: string): FoundPayload {
  if (text.length > MAX_LINK_TEXT) {
    return {
      reason: `This link is too large: ${text.length} characters, at most ${MAX_LINK_TEXT} can be read.`,
    };
  }
  // Spaces and line breaks come from wrapping, invisible characters from rich text: none can be part of a
  // link.
  const plain = unescape(text.replace(/[\s\u00ad\u200b-\u200d\u2060\ufeff]/g, ''));
  const fragment = findFragment(plain);
  if (fragment === '') return { reason: 'This address carries no design: there is nothing after a #.' };
  const form = /^a([1-9][0-9]{0,3})\./.exec(fragment);
  if (form === null) {
    const what = 'its part after the # does not start with “a1.”';
    return { reason: `This is not a Loadbearing link: ${what}.` };
  }
  if (form[0] !== `${LINK_FORM}.`) {
    const what = `This link was made by a newer Loadbearing (form a${form[1]}, this one reads ${LINK_FORM})`;
    return { reason: `${what}; reload the page to get the newest version.` };
  }
  return { payload: fragment.slice(form[0].length).replace(/[^A-Za-z0-9_-]+$/, '') };
}

function findFragment(text: string): string {
  const ours = /#[a-z][0-9]{1,4}\..*$/s.exec(text);
  if (ours !== null) return ours[0].slice(1);
  const hash = text.indexOf('#');
  if (hash >= 0) return text.slice(hash + 1);
  return text.includes('://') ? '' : text.replace(/^[^A-Za-z0-9]+/, '');
}

/**
 * Undoes percent escapes of ASCII characters, also when they were escaped twice. Ours has no percent sign.
 */
function unescape(text: string): string {
  let plain = text;
  for (let round = 0; round < 3 && plain.includes('%'); round++) {
    plain = plain.replace(/%([2-7][0-9A-Fa-f])/g, (_, code: string) =>
      String.fromCharCode(parseInt(code, 16)),
    );
  }
  return plain;
}
