/** Things of one kind that a log tells, as far as there is room for them. */
export interface LogPart {
  /** Whose turn it is first to have lines; 0 is the first. */
  readonly rank: number;
  /** The lines of each thing, which are told together or not at all. */
  readonly units: readonly (readonly string[])[];
  /** Things that are told at most, however much room there is. @default all */
  readonly most?: number;
  /** The line that says how many are left out; null where that goes without saying. */
  readonly more: (left: number) => string | null;
}

/** Lines without which a part would be left out, and nobody told. */
export const fewestLines = (parts: readonly LogPart[]): number => parts.filter(({ units }) => units.length > 0).length;

/** The lines of all parts in their order, no more than so many: each part keeps one line at least, while there are any. */
export function fitted(parts: readonly LogPart[], lines: number): readonly string[] {
  const room = new Map<LogPart, number>();
  const waiting = parts.filter(({ units }) => units.length > 0).sort((a, b) => a.rank - b.rank);
  let left = Math.max(0, lines);
  for (const [index, part] of waiting.entries()) {
    const others = waiting.length - index - 1;
    const own = told(part, Math.max(Math.min(left, 1), left - others));
    room.set(part, own.length);
    left -= own.length;
  }
  return parts.flatMap((part) => told(part, room.get(part) ?? 0));
}

function told({ units, most = units.length, more }: LogPart, lines: number): readonly string[] {
  if (lines <= 0) return [];
  for (let shown = Math.min(most, units.length); ; shown -= 1) {
    const said = shown === units.length ? null : more(units.length - shown);
    const all = [...units.slice(0, shown).flat(), ...(said === null ? [] : [said])];
    if (all.length <= lines) return all;
  }
}
