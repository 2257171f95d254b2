/**
 * Reads the theme's custom properties for whatever draws on a canvas, and tells when they change. Colours are
 * decided in the theme's tokens, never here.
 */

/** Values of custom properties of the page, in the order asked for. */
export function readColours(names: readonly string[]): string[] {
  const style = getComputedStyle(document.documentElement);
  return names.map((name) => style.getPropertyValue(name).trim() || '#888');
}

/** Calls after the theme changed: whoever changes it says so on the root element. Returns the way out. */
export function watchTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
