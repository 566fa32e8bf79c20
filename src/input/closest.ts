/** The candidate that was probably meant; undefined where none is near. */
export function closest(text: string, candidates: readonly string[]): string | undefined {
  const wanted = text.toLowerCase();
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: distance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  const tolerated = Math.max(1, Math.floor(wanted.length / 3));
  if (best !== undefined && best.edits <= tolerated) return best.candidate;
  return wanted.length < 3 ? undefined : candidates.find((candidate) => candidate.toLowerCase().includes(wanted));
}

/** `; did you mean x?`, or nothing. */
export function suggestion(text: string, candidates: readonly string[], prefix = ""): string {
  const near = closest(text, candidates);
  return near === undefined ? "" : `; did you mean ${prefix}${near}?`;
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= a.length; row += 1) {
    const cells = [row];
    rows.push(cells);
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      cells.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + same,
          swapped ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
