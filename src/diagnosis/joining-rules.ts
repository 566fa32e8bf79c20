import type { Symptom } from "./symptoms.js";

/** Tells that a symptom is one of a fault that may have others. */
export interface JoiningRule {
  readonly id: string;
  /** What sets two faults of this kind apart, empty where nothing does; null where it is none of this kind. */
  readonly shows: (symptom: Symptom) => string | null;
  readonly says: (symptom: Symptom) => string;
  /** Null where the hints of the checks say it. */
  readonly fix: (symptom: Symptom) => string | null;
}

interface Written {
  readonly id: string;
  readonly when: (symptom: Symptom) => boolean;
  /** What is different from symptom to symptom of one kind, and makes two causes of it. */
  readonly by?: (symptom: Symptom) => string;
  readonly says: string | ((symptom: Symptom) => string);
  readonly fix: string | null | ((symptom: Symptom) => string);
}

const rule = ({ id, when, by = () => "", says, fix }: Written): JoiningRule => ({
  id,
  shows: (symptom) => (when(symptom) ? by(symptom) : null),
  says: typeof says === "string" ? () => says : says,
  fix: (symptom) => (typeof fix === "function" ? fix(symptom) : fix),
});

const isAcknowledged = ({ status }: Symptom): boolean => status >= 200 && status <= 299;
const isRefused = ({ status }: Symptom): boolean => status >= 400 && status <= 499;
/** A 5XX, or no answer to a request that was sent whole. */
const fails = ({ status, label }: Symptom): boolean => status >= 500 || (status === 0 && label !== null);
const isVaried = ({ label }: Symptom): boolean => label !== null && label !== "";
/** It is what the answer holds that is wrong with it, whatever its status. */
const isOfTheAnswer = ({ expected }: Symptom): boolean => expected.startsWith("an answer ");
const kindOfFailure = ({ status }: Symptom): string => (status === 0 ? "silence" : String(status));

/** How often it says that something was processed; null where it says nothing of the kind. */
function timesIn({ actual }: Symptom): number | null {
  if (/\b(never processed|not processed|processed never)\b/.test(actual)) return 0;
  if (/\bprocessed twice\b/.test(actual)) return 2;
  const found = /\bprocessed (\d+) times?\b/.exec(actual);
  return found === null ? null : Number(found[1]);
}

/** In order: a symptom is one of the first that it shows. */
export const joiningRules: readonly JoiningRule[] = [
  {
    id: "likely",
    // What one answer shows by itself.
    shows: ({ check }) => (check.likelyCause === undefined ? null : ""),
    says: ({ check }) => check.likelyCause?.says ?? "",
    fix: ({ check }) => check.likelyCause?.fix ?? "",
  },
  rule({
    id: "known-session-refused",
    when: (symptom) => symptom.isRepeat && (isRefused(symptom) || fails(symptom)),
    by: kindOfFailure,
    says: ({ answer }) => `a session that the receiver knows already gets ${answer}`,
    fix: ({ status }) =>
      `Answer a session that you know with the same 2XX as at first{duplicate}; 409 is for as long as the first is under way.${status === 0 ? " Where it waits for the first, look for what that holds still, a lock or a transaction: give it back also where its sender hangs up, and give the wait for it an end." : ""}`,
  }),
  rule({
    id: "works-twice-by-itself",
    when: (symptom) => /, though sent once\b/.test(symptom.actual),
    says: "a callback that was sent once is worked on twice",
    fix: "Look for what sends a request on once more where it takes long or fails, a proxy, a gateway or a mesh (nginx: proxy_next_upstream without non_idempotent, and a longer proxy_read_timeout), or for two workers that take the same job. And mark the session as done and enqueue its work in one transaction, under a unique key, so that it does no harm.",
  }),
  rule({
    id: "works-again",
    when: (symptom) => (timesIn(symptom) ?? 0) > 1,
    says: "the work of one session is done more than once",
    fix: "Mark the session as done and enqueue its work in one transaction, under a unique key, and skip only what is done; remember it for longer than the whole schedule.",
  }),
  rule({
    id: "loses-work",
    when: (symptom) => timesIn(symptom) === 0,
    says: "sessions are acknowledged and never processed",
    fix: null,
  }),
  rule({
    id: "refused-in-the-body-alone",
    when: (symptom) => symptom.errorInside !== null && isVaried(symptom) && !isOfTheAnswer(symptom),
    says: ({ answer, errorInside }) => `what is refused gets ${answer}, and only the body says so (${errorInside})`,
    fix: "Give the answer itself the status that stands in its body, a 4XX: whoever sends looks at the status alone, and a 2XX is an acknowledgement.",
  }),
  rule({
    id: "decoder-stops-early",
    when: (symptom) => isAcknowledged(symptom) && symptom.body === "json-and-more",
    says: "the JSON decoder stops at the end of the first value, and what follows is not looked at",
    fix: "Make the decoder look at what follows, and answer 400 unless that is the end (Go: a second Decode must give io.EOF, or use json.Unmarshal; Jackson: FAIL_ON_TRAILING_TOKENS).",
  }),
  rule({
    id: "credentials-not-compared",
    when: (symptom) => symptom.check.suite === "authentication" && isVaried(symptom) && isAcknowledged(symptom),
    says: "callbacks without the right credentials are acknowledged",
    fix: "Compare the whole value of the configured header byte by byte, in constant time and before anything else is done, and answer 401 where it is another or none.",
  }),
  rule({
    id: "signature-not-compared",
    when: (symptom) => symptom.check.suite === "signature" && isVaried(symptom) && isAcknowledged(symptom),
    says: "requests without the right signature are acknowledged",
    fix: "Compute the HMAC over the raw bytes of each body, compare all of it with what stands in the header, in constant time and before anything else is done, and answer 401 where it is another or none.",
  }),
  rule({
    id: "parser-error-as-failure",
    when: (symptom) =>
      fails(symptom) &&
      (symptom.body === "not-json" || symptom.body === "json-and-more" || (isVaried(symptom) && symptom.isParserError)),
    by: kindOfFailure,
    says: ({ answer }) => `whatever is no JSON gets ${answer}: an error of the parser is taken for one of the receiver`,
    fix: "Answer 400 where the parser fails, around the parse or in the framework's error handler, which must tell the parser's errors from others (Express: the error has a status of 400), and show nothing of the error in the answer.",
  }),
  rule({
    id: "unlooked-at-body",
    when: (symptom) => fails(symptom) && isVaried(symptom) && symptom.body === "other-json",
    by: ({ status }) => (status === 0 ? "silence" : "failure"),
    says: ({ answer }) => `the handler fails over a body that is not just what it reads from it: it gives ${answer}`,
    fix: "Check that the body is an object whose {id} is a string that is not empty before anything is read from it; require and read nothing else of it, answer 400 to the rest, and let no error of the handler go without an answer.",
  }),
  rule({
    id: "acknowledges-unread",
    when: (symptom) =>
      symptom.check.suite === "bad-input" &&
      isVaried(symptom) &&
      isAcknowledged(symptom) &&
      !symptom.isCallback &&
      !isOfTheAnswer(symptom),
    says: "requests that are no callback are acknowledged",
    fix: "Acknowledge a request only once its method and content type are the documented ones, its body is parsed, and its {id} is a string that is not empty; answer 405, 415 and 400 to the rest.",
  }),
  rule({
    id: "refuses-what-may-change",
    when: (symptom) => symptom.check.suite === "payload" && isVaried(symptom) && isRefused(symptom),
    says: "callbacks are refused that differ from today's in nothing but what may change",
    fix: null,
  }),
  rule({
    id: "rate-limit",
    when: (symptom) => symptom.check.suite === "load" && (symptom.status === 429 || symptom.status === 503),
    says: "a limit turns callbacks away that come together",
    fix: null,
  }),
  rule({
    id: "fails-in-numbers",
    when: (symptom) => symptom.check.suite === "load" && fails(symptom),
    by: kindOfFailure,
    says: ({ answer }) => `callbacks that come in numbers get ${answer}`,
    fix: "Store each session in a queue that a restart does not lose, acknowledge it, and work from there; let the server accept more connections than it works on, and keep deduplication off the critical path, or make it one insert.",
  }),
  rule({
    id: "documented-callback-fails",
    when: (symptom) => symptom.label === "" && !symptom.isRepeat && fails(symptom),
    by: kindOfFailure,
    says: ({ answer }) => `the documented callback gets ${answer}`,
    fix: null,
  }),
  rule({
    id: "documented-callback-refused",
    // Several checks judge the first callback; elsewhere it may be refused for what came before it.
    when: (symptom) =>
      (symptom.check.suite === "acknowledgement" || symptom.check.suite === "authentication") &&
      symptom.label === "" &&
      symptom.isFirst &&
      isRefused(symptom),
    by: kindOfFailure,
    says: ({ answer }) => `the documented callback gets ${answer}`,
    fix: null,
  }),
];
