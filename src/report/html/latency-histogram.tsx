import type { Latencies } from "../model.js";
import { duration } from "./words.js";

/** Pixels; the columns share the width there is. */
const chartHeight = 104;
const labelRow = 15;
const axisHeight = 20;

type Percentile = readonly [name: string, ms: number];

/** How many answers took how long, with the percentiles where they fall. */
export function LatencyHistogram({ latencies }: { readonly latencies: Latencies }) {
  const { count, p50Ms, p95Ms, p99Ms, maxMs, histogram } = latencies;
  const percentiles: readonly Percentile[] = [
    ["p50", p50Ms],
    ["p95", p95Ms],
    ["p99", p99Ms],
  ];
  const column = 100 / Math.max(1, histogram.length);
  const tallest = Math.max(1, ...histogram.map((bucket) => bucket.count));
  const top = percentiles.length * labelRow + 16;
  const floor = top + chartHeight;
  return (
    <figure class="latencies">
      <figcaption>How long {count} answers took, to the end of their headers</figcaption>
      <dl class="figures">
        {[...percentiles, ["max", maxMs] as const].map(([name, ms]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{exact(ms)}</dd>
          </div>
        ))}
      </dl>
      <svg width="100%" height={floor + axisHeight} role="img" aria-label={inWords(latencies)}>
        {histogram.map(({ upToMs, count: inBucket }, index) => {
          const height = Math.max(inBucket === 0 ? 0 : 2, Math.round((inBucket / tallest) * chartHeight));
          return (
            <g key={upToMs} class="column">
              <rect
                x={percent(column * (index + 0.06))}
                width={percent(column * 0.88)}
                y={floor - height}
                height={height}
                rx="2"
              />
              {inBucket > 0 && (
                <text class="count" x={percent(column * (index + 0.5))} y={floor - height - 5}>
                  {inBucket}
                </text>
              )}
              <text x={percent(column * (index + 0.5))} y={floor + 15}>
                {`≤ ${upToMs < 1000 ? upToMs : `${Math.round(upToMs / 100) / 10} s`}`}
              </text>
            </g>
          );
        })}
        <line class="floor" x1="0" x2="100%" y1={floor + 0.5} y2={floor + 0.5} />
        {percentiles.map(([name, ms], index) => {
          const x = placeOf(ms, histogram);
          const turned = x > 70;
          return (
            <g key={name} class="percentile">
              <line x1={percent(x)} x2={percent(x)} y1={index * labelRow + 2} y2={floor} />
              <text
                x={percent(x)}
                dx={turned ? -5 : 5}
                y={index * labelRow + 12}
                class={turned ? "turned" : undefined}
              >{`${name} ${exact(ms)}`}</text>
            </g>
          );
        })}
      </svg>
      <p class="legend" aria-hidden="true">
        answers in each column took up to so many milliseconds, and longer than in the one before
      </p>
    </figure>
  );
}

/** Percent of the width: the columns are equally wide, so within one the place is in proportion. */
function placeOf(ms: number, histogram: Latencies["histogram"]): number {
  const found = histogram.findIndex(({ upToMs }) => ms <= upToMs);
  const index = found < 0 ? histogram.length - 1 : found;
  const upTo = histogram[index]?.upToMs ?? ms;
  // The first column shown begins where the one left out before it ended: at half its limit.
  const from = histogram[index - 1]?.upToMs ?? upTo / 2;
  const within = upTo > from ? Math.min(1, Math.max(0, (ms - from) / (upTo - from))) : 1;
  return ((index + within) / Math.max(1, histogram.length)) * 100;
}

const exact = (ms: number): string => (ms < 1000 ? `${ms} ms` : duration(ms));
const percent = (share: number): string => `${Math.round(share * 100) / 100}%`;

function inWords({ count, p50Ms, p95Ms, p99Ms, maxMs, histogram }: Latencies): string {
  const buckets = histogram.map(({ upToMs, count: inBucket }) => `${inBucket} up to ${upToMs} ms`);
  return `${count} answers: p50 ${p50Ms} ms, p95 ${p95Ms} ms, p99 ${p99Ms} ms, longest ${maxMs} ms. By time: ${buckets.join(", ")}.`;
}
