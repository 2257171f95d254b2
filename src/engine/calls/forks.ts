/**
 * Calls that one call makes at the same time and waits for all of. They are rare beside calls one after the other, which
 * a row holds itself, so they are kept apart from the table. It must not know why a call is made.
 */
export class Forks {
  private readonly byParent = new Map<number, number[]>();

  /** From now on `parent` waits for all of these. */
  open(parent: number, children: number[]): void {
    this.byParent.set(parent, children);
  }

  /** Calls that wait for several. */
  get size(): number {
    return this.byParent.size;
  }

  isOpen(parent: number): boolean {
    return this.byParent.size > 0 && this.byParent.has(parent);
  }

  /** Those that `parent` still waits for. */
  of(parent: number): readonly number[] {
    return this.byParent.get(parent) ?? [];
  }

  /** A child, if it is one, goes on as another row; false when `parent` does not wait for several. */
  replace(parent: number, child: number, by: number): boolean {
    const children = this.byParent.get(parent);
    if (children === undefined) return false;
    const at = children.indexOf(child);
    if (at >= 0) children[at] = by;
    return true;
  }

  /** A child ended; true when it was the last one. */
  ended(parent: number, child: number): boolean {
    const children = this.byParent.get(parent)!;
    children.splice(children.indexOf(child), 1);
    if (children.length > 0) return false;
    this.byParent.delete(parent);
    return true;
  }

  /** Forgets that `parent` waits, and says for which calls it did. */
  take(parent: number): readonly number[] {
    const children = this.of(parent);
    this.byParent.delete(parent);
    return children;
  }
}
