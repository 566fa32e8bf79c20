/** Which of how many jobs; the first one is 1. */
export interface ShardNumber {
  readonly index: number;
  readonly of: number;
}

/** A run that is one of several says so in its notes, in these words; whoever joins them reads it there. */
export const shardNote = ({ index, of }: ShardNumber, part: string): string => `Shard ${index} of ${of}${part}`;

/** What these notes, of one run or of several that were joined, tell of its parts: one of each that is there. */
export function shardsIn(notes: readonly string[]): readonly ShardNumber[] {
  return notes.flatMap((note) => {
    const [, index, of] = /^Shard (\d+) of (\d+)\b/.exec(note) ?? [];
    return index === undefined ? [] : [{ index: Number(index), of: Number(of) }];
  });
}

/** The parts that are missing of the whole run; none where it was not run in parts. */
export function missingShards(notes: readonly string[]): readonly ShardNumber[] {
  const there = shardsIn(notes);
  const of = Math.max(0, ...there.map((shard) => shard.of));
  const isThere = new Set(there.map(({ index }) => index));
  return Array.from({ length: of }, (_, position) => ({ index: position + 1, of })).filter(
    ({ index }) => !isThere.has(index),
  );
}

/** A sentence on them; null where none is missing. */
export function missingShardsNote(notes: readonly string[]): string | null {
  const missing = missingShards(notes);
  const [first] = missing;
  if (first === undefined) return null;
  const numbers = missing.map(({ index }) => index).join(", ");
  return `Of the ${first.of} shards of this run these are missing, and what they judge with them: ${numbers}.`;
}

/** What was missing once may have come later. */
export const isMissingShardsNote = (note: string): boolean =>
  /^Of the \d+ shards of this run these are missing/.test(note);
