/** Each a pair of numbers of eight bytes; the first number of all says how many there are. */
const pairBytes = 16;
const headBytes = 8;

/** Of a scenario with a poller that never rests there may be hundreds of thousands. */
const mostBytes = headBytes + pairBytes * 2_000_000;
const growsBytes = pairBytes * 4096;

type Growable = SharedArrayBuffer & { grow(bytes: number): void };

/** When the app's clock jumped, and to what, for every thread of the app. All in milliseconds since the Unix epoch. */
export class Jumps {
  readonly buffer: SharedArrayBuffer;
  readonly #numbers: Float64Array;

  /** @param buffer of another thread, which alone adds to it. */
  constructor(buffer?: SharedArrayBuffer) {
    const Buffer = SharedArrayBuffer as unknown as new (
      bytes: number,
      options: { readonly maxByteLength: number },
    ) => SharedArrayBuffer;
    this.buffer = buffer ?? new Buffer(headBytes + growsBytes, { maxByteLength: mostBytes });
    this.#numbers = new Float64Array(this.buffer);
  }

  get count(): number {
    return this.#numbers[0] ?? 0;
  }

  /** From the wall's time on the app's clock showed this. */
  wall(index: number): number {
    return this.#numbers[1 + 2 * index] ?? Infinity;
  }

  shown(index: number): number {
    return this.#numbers[2 + 2 * index] ?? Infinity;
  }

  /** Within one millisecond of the wall's they cannot be told apart: the last one stands. */
  add(wall: number, shown: number): void {
    const { count } = this;
    const index = count > 1 && this.wall(count - 1) === wall ? count - 1 : count;
    const needed = headBytes + (index + 1) * pairBytes;
    if (needed > mostBytes) return;
    if (needed > this.buffer.byteLength) (this.buffer as Growable).grow(Math.min(needed + growsBytes, mostBytes));
    this.#numbers[1 + 2 * index] = wall;
    this.#numbers[2 + 2 * index] = shown;
    this.#numbers[0] = index + 1;
  }

  /** What the app's clock showed at a moment of the wall's, or did at first. */
  at(wall: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.wall(middle) <= wall) low = middle + 1;
      else high = middle;
    }
    return this.shown(Math.max(0, low - 1));
  }
}
