/** Resolves once the event loop has looked for I/O again, so that what has come by now has been read. No time passes on any clock. */
export function turnOfLoop(): Promise<void> {
  return (next ??= new Promise((resolve) => {
    setImmediate(() => {
      next = null;
      resolve();
    });
  }));
}

/** The turn that comes, for all who wait for it. */
let next: Promise<void> | null = null;
