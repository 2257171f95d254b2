/**
 * Parts of a YAML text that carry a name (`&base`) and stand again elsewhere (`*base`), and mappings that take over the
 * keys of others (`<<: *base`). It must not know the grammar.
 */
import { IntakeProblem } from './sketch.ts';

/** Mappings are maps, so that no key can be a trap. */
export type Yaml = string | null | readonly Yaml[] | ReadonlyMap<string, Yaml>;

/** Values that may come from named parts, each counted wherever it stands: a few lines could otherwise mean millions. */
const MOST_REPEATED = 100_000;

export class NamedParts {
  private readonly parts = new Map<string, Yaml>();
  private readonly sizes = new Map<Yaml, number>();
  private repeated = 0;

  name(name: string, part: Yaml): void {
    this.parts.set(name, part);
  }

  /** Undefined for a name that nothing above carries. */
  get(name: string): Yaml | undefined {
    const part = this.parts.get(name);
    if (part !== undefined) this.count(this.sizeOf(part));
    return part;
  }

  /** Keys of the mapping itself win, then those of the part named first. False where a part is no mapping. */
  merge(map: Map<string, Yaml>, part: Yaml): boolean {
    const others = Array.isArray(part) ? (part as readonly Yaml[]) : [part];
    for (const other of others) {
      if (!(other instanceof Map)) return false;
      this.count(other.size);
      for (const [key, value] of other) if (!map.has(key)) map.set(key, value);
    }
    return true;
  }

  private count(values: number): void {
    this.repeated += values;
    if (this.repeated > MOST_REPEATED)
      throw new IntakeProblem('Written out, the parts it repeats by name would be far larger than the file.');
  }

  /** How many values a part holds, itself included. */
  private sizeOf(part: Yaml): number {
    if (part === null || typeof part === 'string') return 1;
    const known = this.sizes.get(part);
    if (known !== undefined) return known;
    let size = 1;
    for (const inner of part.values()) size += this.sizeOf(inner);
    this.sizes.set(part, size);
    return size;
  }
}
