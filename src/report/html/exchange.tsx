import type { ReportAttempt, ReportResponse } from "../model.js";
import { counted } from "../../in-words.js";
import { formatOffset } from "../virtual-time.js";
import type { Evidence, Exchange } from "./evidence.js";
import { shownAs, type ShownAs } from "./same-message.js";
import { anchorTo, attemptKind, attemptOutcome, duration } from "./words.js";

/** The exchanges of a check as they went over the wire, each with both clocks. */
export function Wire({ evidence: { exchanges, leftOut } }: { readonly evidence: Evidence }) {
  const shown = shownAs(exchanges.map(({ attempt }) => attempt));
  return (
    <div class="exchanges">
      {exchanges.map(({ anchor, name, attempt }, index) => (
        <div key={anchor} class="exchange" id={anchor}>
          <p class="when">
            <strong>{name}</strong>
            {attempt.label !== "" && <em>{attempt.label}</em>}
            <span class={`answer ${attemptKind(attempt)}`}>{attemptOutcome(attempt)}</span>
            <span>schedule {formatOffset(attempt.virtualOffsetMs)}</span>
            <span>wall clock {timeOfDay(attempt.startedAt)}</span>
            <span>took {duration(attempt.durationMs)}</span>
          </p>
          <Messages attempt={attempt} all={exchanges} {...shown[index]} />
        </div>
      ))}
      {leftOut > 0 && (
        <p class="left-out">
          {counted(leftOut, exchanges.length === 0 ? "exchange" : "more exchange")} left out to keep this page small;
          the JSON report has {leftOut === 1 ? "it" : "them"}.
        </p>
      )}
    </div>
  );
}

interface MessagesProps {
  readonly attempt: ReportAttempt;
  readonly all: readonly Exchange[];
  readonly request?: ShownAs;
  readonly response?: ShownAs;
}

const whole: ShownAs = { kind: "whole" };

/** Request and answer beside each other, or one line where there is nothing new in them. */
function Messages({ attempt, all, request = whole, response = whole }: MessagesProps) {
  const { sessionId } = attempt;
  const remark = attempt.response === null ? "" : bodyEnds[attempt.response.bodyEnd];
  if (request.kind === "like" && response.kind === "like") {
    const differences = [...request.differences, ...response.differences];
    if (request.index === response.index && request.differences.length === 0) {
      return (
        <>
          <Same what="Request and answer" like={all[request.index]} sessionId={sessionId} differences={differences} />
          {remark !== "" && <p>{remark}</p>}
        </>
      );
    }
  }
  return (
    <div class="messages">
      <Message title="Request" as={request} all={all} sessionId={sessionId}>
        {`${attempt.request.method} ${attempt.request.url}\n${textOf(attempt.request)}`}
      </Message>
      {attempt.response === null ? (
        <div>
          <p class="label">No answer</p>
          <p>
            {attempt.error === null
              ? "The report says no more."
              : `${attempt.error.reason} (${attempt.error.code}): ${attempt.error.message}`}
          </p>
        </div>
      ) : (
        <Message title="Answer" as={response} all={all} sessionId={sessionId} remark={remark}>
          {`${attempt.response.status} ${attempt.response.statusText}\n${textOf(attempt.response)}`}
        </Message>
      )}
    </div>
  );
}

const bodyEnds: Readonly<Record<ReportResponse["bodyEnd"], string>> = {
  complete: "",
  "over-cap": "The body went on past what is read.",
  late: "The body had not ended by the deadline.",
  broken: "The body broke off.",
};

interface MessageProps {
  readonly title: string;
  readonly as: ShownAs;
  readonly all: readonly Exchange[];
  readonly sessionId: string;
  readonly remark?: string;
  readonly children: string;
}

function Message({ title, as, all, sessionId, remark = "", children }: MessageProps) {
  return (
    <div>
      <p class="label">{title}</p>
      {as.kind === "whole" ? (
        <pre>{children}</pre>
      ) : (
        <Same what="" like={all[as.index]} sessionId={sessionId} differences={as.differences} />
      )}
      {remark !== "" && <p>{remark}</p>}
    </div>
  );
}

interface SameProps {
  readonly what: string;
  readonly like: Exchange | undefined;
  readonly sessionId: string;
  readonly differences: readonly string[];
}

function Same({ what, like, sessionId, differences }: SameProps) {
  if (like === undefined) return null;
  return (
    <>
      <p>
        {what === "" ? "Same as " : `${what} as in `}
        <a href={anchorTo(like.anchor)}>{like.name}</a>
        {like.attempt.sessionId !== sessionId && ", with its own session id"}
        {differences.length > 0 && ", except:"}
      </p>
      {differences.length > 0 && <pre>{differences.join("\n")}</pre>}
    </>
  );
}

function textOf({ headers, body }: { headers: readonly (readonly [string, string])[]; body: string }): string {
  return [...headers.map(([name, value]) => `${name}: ${value}`), "", body].join("\n").trimEnd();
}

/** `03:04:05.678`; a text that is no such time stays as it is. */
const timeOfDay = (iso: string): string => /T([\d:.]+)Z$/.exec(iso)?.[1] ?? iso;
