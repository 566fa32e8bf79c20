import { Marker, MarkLegend } from "../../report/html/marks.js";
import { Ticks } from "../../report/html/ticks.js";
import type { AttemptKind } from "../../report/html/words.js";
import { formatOffset } from "../../report/virtual-time.js";

import { timesInWords } from "../../contract/figures.js";
import type { AttemptFacts, DeliveryFacts, PlayedFacts } from "../played-facts.js";
import { cameBack } from "./words.js";

/** Pixels; places on the time axis are shares of whatever width the page has. */
const laneHeight = 34;
const floorHeight = 34;
const axisHeight = 26;
const textX = 15;
/** Attempts later than this share of the axis have their text on their left. */
const turnsAt = 35;
/** Of what the receiver prints; more than this is only in the list below. */
const mostSaid = 200;

interface PictureProps {
  readonly facts: PlayedFacts;
  readonly delivery: DeliveryFacts;
  /** From 0, in the scenario. */
  readonly index: number;
}

/** A delivery on its time axis: attempts, what was done to each on its way, and below them what the receiver saw and did. */
export function Picture({ facts, delivery, index }: PictureProps) {
  const { attempts } = delivery;
  const { offsetsMs } = facts.contract;
  const startsAtMs = facts.scenario.deliveries[index]?.startsAtMs ?? 0;
  const events = facts.receiverEvents
    .filter((event) => !("delivery" in event) || event.delivery === index || event.delivery === null)
    .map((event) => ({ ...event, offsetMs: event.offsetMs - startsAtMs }));
  const lastMs = Math.max(attempts.at(-1)?.offsetMs ?? 0, ...attempts.map(({ arrivesAtMs }) => arrivesAtMs ?? 0));
  // So much of the schedule as there is something on, and one attempt more.
  const endMs = offsetsMs.find((ms) => ms > lastMs) ?? Math.max(lastMs, offsetsMs.at(-1) ?? 1);
  const share = (ms: number): number => Math.round((Math.max(0, Math.min(ms, endMs)) / endMs) * 10_000) / 100;
  const floorY = attempts.length * laneHeight + floorHeight / 2;
  const height = attempts.length * laneHeight + floorHeight;
  return (
    <figure class="delivery">
      <figcaption>
        {facts.deliveries.length > 1 && `Session ${index + 1}: `}
        {delivery.outcome} after {attempts.length === 1 ? "one attempt" : `${attempts.length} attempts`}
        {delivery.processed !== null && `, processed ${timesInWords(delivery.processed)}`}
      </figcaption>
      <div class="plot">
        <svg width="100%" height={height + axisHeight} role="img" aria-label={inWords(delivery, startsAtMs)}>
          <Ticks offsetsMs={offsetsMs.filter((ms) => ms <= endMs)} share={share} height={height} />
          <line class="floor" x1="0" x2="100%" y1={floorY} y2={floorY} />
          <text class="at" x="-12" y={floorY + 4}>
            receiver
          </text>
          {attempts.map((attempt, at) => (
            <Lane key={attempt.number} attempt={attempt} share={share} y={(at + 0.5) * laneHeight} floorY={floorY} />
          ))}
          {events.slice(0, mostSaid).map((event, at) => {
            const x = `${share(event.offsetMs)}%`;
            const isEnd = event.kind === "crashed" || event.kind === "companion-ended";
            return <line key={at} class={isEnd ? "ended" : "said"} x1={x} x2={x} y1={floorY + 3} y2={floorY + 13} />;
          })}
        </svg>
      </div>
      <Legend delivery={delivery} said={events.length > 0} />
    </figure>
  );
}

interface LaneProps {
  readonly attempt: AttemptFacts;
  readonly share: (ms: number) => number;
  readonly y: number;
  readonly floorY: number;
}

function Lane({ attempt, share, y, floorY }: LaneProps) {
  const { arrivesAtMs, offsetMs, number, token } = attempt;
  const kind = attemptKind(attempt);
  const x = share(offsetMs);
  const turned = x > turnsAt;
  return (
    <>
      {arrivesAtMs !== null && (
        <g class="sent">
          <line x1={`${x}%`} y1={y} x2={`${share(arrivesAtMs)}%`} y2={floorY} />
          <circle class={token === "cut" ? "part" : "arrival"} cx={`${share(arrivesAtMs)}%`} cy={floorY} r="4" />
        </g>
      )}
      <text class="at" x="-12" y={y + 4}>
        {formatOffset(offsetMs).replace(/^00:/, "")}
      </text>
      <svg x={`${x}%`} y={y} overflow="visible" class={`attempt ${kind}`}>
        <Marker kind={kind} />
        <text class="number" y="3.5">
          {number}
        </text>
        <text class={turned ? "outcome turned" : "outcome"} x={turned ? -textX : textX} y="4">
          {token}
          <tspan class="time" dx="6">
            {cameBack(attempt)}
          </tspan>
        </text>
      </svg>
    </>
  );
}

interface LegendProps {
  readonly delivery: DeliveryFacts;
  readonly said: boolean;
}

const kindWords: Readonly<Record<AttemptKind, string>> = {
  acknowledged: "acknowledged",
  refused: "answered otherwise",
  unanswered: "no answer seen",
};

function Legend({ delivery, said }: LegendProps) {
  const kinds = new Set(delivery.attempts.map(attemptKind));
  return (
    <p class="legend" aria-hidden="true">
      <MarkLegend kinds={kinds} words={kindWords} />
      {delivery.attempts.some(({ arrivesAtMs }) => arrivesAtMs !== null) && (
        <span>
          <svg width="10" height="14" viewBox="-5 -7 10 14">
            <circle class="arrival" r="4" />
          </svg>
          it gets to the receiver
        </span>
      )}
      {said && (
        <span>
          <svg width="6" height="14" viewBox="-3 -7 6 14">
            <line class="said" y1="-5" y2="5" />
          </svg>
          what the receiver does of itself
        </span>
      )}
    </p>
  );
}

function attemptKind({ outcome, response }: AttemptFacts): AttemptKind {
  if (outcome.kind === "acknowledged") return "acknowledged";
  return response === null ? "unanswered" : "refused";
}

function inWords({ attempts }: DeliveryFacts, startsAtMs: number): string {
  return attempts
    .map((attempt) => {
      const { number, offsetMs, arrivesAtMs, token } = attempt;
      const arrives =
        arrivesAtMs === null
          ? "it never gets to the receiver"
          : `it gets there at ${formatOffset(startsAtMs + arrivesAtMs)}`;
      return `Attempt ${number} at ${formatOffset(startsAtMs + offsetMs)}, ${token}: ${arrives}; ${cameBack(attempt)}.`;
    })
    .join(" ");
}
