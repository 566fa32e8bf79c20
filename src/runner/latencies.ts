import type { Latencies } from "../report/model.js";

/** Buckets double from one millisecond to the deadline and beyond, so that a healthy and a sick receiver both show. */
const firstBucketMs = 1;

/** Percentiles (nearest rank) and a histogram; null where nothing was measured. */
export function summarizeLatencies(ms: readonly number[]): Latencies | null {
  const sorted = [...ms].sort((a, b) => a - b);
  const maxMs = sorted.at(-1);
  if (maxMs === undefined) return null;
  const percentile = (share: number): number => rounded(sorted[Math.ceil(share * sorted.length) - 1] ?? maxMs);
  const histogram: { upToMs: number; count: number }[] = [];
  for (let upToMs = firstBucketMs, fromMs = -1; fromMs < maxMs; fromMs = upToMs, upToMs *= 2) {
    const count = sorted.filter((value) => value > fromMs && value <= upToMs).length;
    if (count > 0 || histogram.length > 0) histogram.push({ upToMs, count });
  }
  return {
    count: sorted.length,
    p50Ms: percentile(0.5),
    p95Ms: percentile(0.95),
    p99Ms: percentile(0.99),
    maxMs: rounded(maxMs),
    histogram,
  };
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10;
