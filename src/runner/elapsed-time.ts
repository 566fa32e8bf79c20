/**
 * Lets time pass on the receiver's side: moves whatever it keeps time by, its test clock or the TTLs of its store, by
 * the milliseconds of one jump.
 * @throws AdvanceError where that failed.
 */
export type Advance = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Time could not be moved on the receiver's side: a fault of the set-up, never charged to the receiver. */
export class AdvanceError extends Error {
  override readonly name = "AdvanceError";
}

/**
 * How the minutes between two attempts pass: `skipped` for the harness alone, in wall time, or for the harness in no
 * time and for the receiver by what moves its side.
 */
export type Elapse = "skipped" | "real" | { readonly advance: Advance };
