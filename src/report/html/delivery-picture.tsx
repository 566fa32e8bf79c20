import type { ReportAttempt, ReportContract } from "../model.js";
import { counted } from "../../in-words.js";
import { formatOffset } from "../virtual-time.js";
import { deliveriesOf, type Delivery } from "./deliveries.js";
import { Marker, MarkLegend, markRadius } from "./marks.js";
import { Ticks } from "./ticks.js";
import { attemptKind, attemptOutcome, duration, type AttemptKind } from "./words.js";

/** A storm of retries is not told by a hundred pictures. */
const mostPictures = 3;

type Schedule = NonNullable<ReportContract["schedule"]>;

/** Pixels. The width is whatever the page has: places on the time axis are shares of it. */
const laneHeight = 30;
const axisHeight = 26;
const gaugeWidth = 44;
/** Attempts later than this share of the axis have their text on their left. */
const turnsAt = 55;

interface DeliveriesProps {
  readonly attempts: readonly ReportAttempt[];
  /** Of the run; without it there is nothing to draw them on. */
  readonly schedule: Schedule | undefined;
}

export function Deliveries({ attempts, schedule }: DeliveriesProps) {
  if (schedule === undefined) return null;
  const deliveries = deliveriesOf(attempts);
  return (
    <>
      {deliveries.slice(0, mostPictures).map((delivery) => (
        <DeliveryPicture key={delivery.sessionId} delivery={delivery} schedule={schedule} />
      ))}
      {deliveries.length > mostPictures && (
        <p class="left-out">and {deliveries.length - mostPictures} more deliveries, among the exchanges</p>
      )}
    </>
  );
}

interface PictureProps {
  readonly delivery: Delivery;
  readonly schedule: Schedule;
}

function DeliveryPicture({ delivery: { sessionId, attempts }, schedule }: PictureProps) {
  const { offsetsMs, deadlineMs } = schedule;
  const scheduleEndMs = offsetsMs.at(-1) ?? 0;
  const endMs = Math.max(scheduleEndMs, ...attempts.map(({ virtualOffsetMs }) => virtualOffsetMs));
  const share = (ms: number): number => Math.round((ms / endMs) * 10_000) / 100;
  const height = attempts.length * laneHeight;
  return (
    <figure class="delivery">
      <figcaption>
        Delivery of session <code>{sessionId}</code>: {counted(attempts.length, "attempt")} on the schedule
      </figcaption>
      <div class="plot">
        <svg width="100%" height={height + axisHeight} role="img" aria-label={inWords(attempts, schedule)}>
          <Ticks offsetsMs={offsetsMs} share={share} height={height + 4} />
          {attempts.map((attempt, index) => (
            <Lane
              key={index}
              attempt={attempt}
              deadlineMs={deadlineMs}
              x={share(attempt.virtualOffsetMs)}
              y={(index + 0.5) * laneHeight}
            />
          ))}
        </svg>
      </div>
      <Legend kinds={new Set(attempts.map(attemptKind))} deadlineMs={deadlineMs} />
    </figure>
  );
}

interface LaneProps {
  readonly attempt: ReportAttempt;
  readonly deadlineMs: number;
  /** Per cent of the axis. */
  readonly x: number;
  readonly y: number;
}

/** When it was sent, how it ended, and how much of its deadline that took. */
function Lane({ attempt, deadlineMs, x, y }: LaneProps) {
  const kind = attemptKind(attempt);
  const turned = x > turnsAt;
  const gaugeX = turned ? -markRadius - 8 - gaugeWidth : markRadius + 8;
  const textX = turned ? gaugeX - 8 : gaugeX + gaugeWidth + 8;
  const used = Math.max(2, Math.min(1, attempt.durationMs / deadlineMs) * gaugeWidth);
  return (
    <>
      <text class="at" x="-16" y={y + 4}>
        {formatOffset(attempt.virtualOffsetMs).replace(/^00:/, "")}
      </text>
      <svg x={`${x}%`} y={y} overflow="visible" class={`attempt ${kind}`}>
        <rect class="deadline" x={gaugeX} y="-3" width={gaugeWidth} height="6" rx="1" />
        <rect class="used" x={gaugeX} y="-3" width={Math.round(used * 10) / 10} height="6" rx="1" />
        <line class="limit" x1={gaugeX + gaugeWidth} x2={gaugeX + gaugeWidth} y1="-7" y2="7" />
        <Marker kind={kind} />
        <text class="number" y="3.5">
          {attempt.number}
        </text>
        <text class={turned ? "outcome turned" : "outcome"} x={textX} y="4">
          {attemptOutcome(attempt, true)}
          <tspan class="time" dx="5">
            {duration(attempt.durationMs)}
          </tspan>
        </text>
      </svg>
    </>
  );
}

const kindWords: Readonly<Record<AttemptKind, string>> = {
  acknowledged: "acknowledged with a 2XX",
  refused: "answered otherwise",
  unanswered: "no answer",
};

interface LegendProps {
  readonly kinds: ReadonlySet<AttemptKind>;
  readonly deadlineMs: number;
}

function Legend({ kinds, deadlineMs }: LegendProps) {
  return (
    <p class="legend" aria-hidden="true">
      <MarkLegend kinds={kinds} words={kindWords} />
      <span>
        <svg class="attempt" width="34" height="14" viewBox="0 -7 34 14">
          <rect class="deadline" x="0" y="-3" width="32" height="6" rx="1" />
          <line class="limit" x1="32" x2="32" y1="-7" y2="7" />
        </svg>
        deadline of {deadlineMs / 1000} s, filled by the time taken
      </span>
    </p>
  );
}

function inWords(attempts: readonly ReportAttempt[], { offsetsMs, deadlineMs }: Schedule): string {
  const lines = attempts.map((attempt) => {
    const label = attempt.label === "" ? "" : ` (${attempt.label})`;
    const when = formatOffset(attempt.virtualOffsetMs);
    return `attempt ${attempt.number} at ${when}${label}: ${attemptOutcome(attempt)} after ${duration(attempt.durationMs)}`;
  });
  return `Attempts from 0 to ${(offsetsMs.at(-1) ?? 0) / 60_000} minutes, each with a deadline of ${deadlineMs / 1000} seconds. ${lines.join("; ")}.`;
}
