import { UsageError } from "../../errors.js";
import type { SessionSource } from "../../runner/session-ids.js";

/** One of several jobs that share the work. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** More jobs than any CI matrix starts. */
const mostShards = 10_000;

/** Reads `2/8`. @throws UsageError `ERR_SHARD`. */
export function parseShard(text: string): Shard {
  const [, index = "", of = ""] = /^(\d{1,5})\/(\d{1,5})$/.exec(text.trim()) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (index !== "" && shard.index >= 1 && shard.index <= shard.of && shard.of <= mostShards) return shard;
  const expected = "expected the number of this job and of all, such as 2/8, the first one being 1";
  throw new UsageError("ERR_SHARD", `--shard: ${expected}, got ${JSON.stringify(text)}`);
}

/** The share of one job: every item goes to just one, by its position alone, as cards are dealt. */
export function shareOf<T>(items: readonly T[], { index, of }: Shard): readonly T[] {
  return items.filter((_, position) => position % of === index - 1);
}

/** The share of one job of the ids that all of them are given, so that none is used twice. */
export function sessionShare(source: SessionSource, { index, of }: Shard): SessionSource {
  if (source.invents) return source;
  const all = source.left();
  const start = Math.floor((all * (index - 1)) / of);
  const afterwards = all - Math.floor((all * index) / of);
  source.take("the shards before", start);
  const left = (): number => Math.max(0, source.left() - afterwards);
  return { invents: false, left, take: (owner, count) => (count > left() ? null : source.take(owner, count)) };
}
