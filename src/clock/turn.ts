/** Resolves once the event loop has looked for I/O again, so that what has come by now has been read. No time passes on any clock. */
export function turnOfLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
