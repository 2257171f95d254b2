/** A whole number per key, −1 where none is set; grows with the largest key. For stores that look keys up per call. */

export class KeyTable {
  private values = new Int32Array(1024).fill(-1);

  get(key: number): number {
    return key < this.values.length ? this.values[key] : -1;
  }

  set(key: number, value: number): void {
    if (key >= this.values.length) this.grow(key);
    this.values[key] = value;
  }

  clear(): void {
    this.values.fill(-1);
  }

  private grow(key: number): void {
    let length = this.values.length;
    while (length <= key) length *= 2;
    const wider = new Int32Array(length).fill(-1);
    wider.set(this.values);
    this.values = wider;
  }
}
