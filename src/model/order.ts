/** The order of elements, which that of a file has no part in. */

/** The order in which a design is assembled, whatever the order of its file: l2 before l10. */
export function inOrderOfId<T extends { readonly id: string }>(items: readonly T[]): T[] {
  const digits = /^(\D*)(\d+)$/;
  const named = items.map((item) => {
    const [, word = item.id, number = ''] = digits.exec(item.id) ?? [];
    return { item, word, number: Number(number) };
  });
  named.sort((a, b) => {
    if (a.word !== b.word) return a.word < b.word ? -1 : 1;
    return a.number - b.number || (a.item.id < b.item.id ? -1 : a.item.id > b.item.id ? 1 : 0);
  });
  return named.map(({ item }) => item);
}
