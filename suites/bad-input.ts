import { timesInWords } from "../src/contract/figures.js";
import { internalsIn } from "../src/diagnosis/internals.js";
import type { Suite } from "../src/runner/check.js";
import { expectAcknowledged, isTimeout } from "../src/runner/expectations.js";
import { refused } from "./bad-input-refused.js";
import { sendAll } from "./bad-input-sent.js";
import { survived } from "./bad-input-survived.js";
import {
  controlCharacters,
  deepNesting,
  invalidUtf8,
  malformedJson,
  noObject,
  noSessionId,
  oddSessionIds,
  otherMethods,
  spoiled,
  wrongContentTypes,
} from "./bad-input-variations.js";
import { plainText } from "./plain-text.js";

export const badInput: Suite = {
  id: "bad-input",
  title: "Hostile or broken requests",
  separate: true,
  checks: [
    ...refused,
    ...survived,
    {
      id: "bad-input/hides-its-internals",
      title: "shows no stack trace or file path in an error answer",
      level: "hardening",
      clause: null,
      source: "CWE-209",
      builds: "on-baseline",
      sessions: 4,
      explain: {
        sends: "Four broken requests: malformed JSON, null, no session id, and a wrong content type.",
        expects: "Answers without stack traces, source files or local paths.",
        why: "They tell an attacker what runs where, and often with which data.",
        fix: "Turn off the framework's debug mode, and answer errors with a message of your own.",
      },
      async run(context) {
        const variations = [malformedJson[0], noObject[0], noSessionId[0], wrongContentTypes[0]].filter(
          (variation) => variation !== undefined,
        );
        for (const attempt of await sendAll(context, variations)) {
          // A page may name the path that was asked for, which says nothing about the inside.
          const body = (attempt.response?.body.toString() ?? "").replaceAll(attempt.request.path, "");
          const found = internalsIn(body) ?? internalsIn(plainText(body));
          if (found !== null) context.mismatch("an answer without internals", found, attempt);
        }
      },
    },
    {
      id: "bad-input/has-no-effect",
      title: "processes no session of a bad request",
      level: "hardening",
      clause: "request/body",
      needs: ["effects"],
      builds: "on-baseline",
      sessions: 12,
      explain: {
        sends:
          "Requests with malformed JSON, a wrong content type, other methods and bodies that are no object, each with a session id that could be made out.",
        expects: "None of these sessions is processed.",
        why: "Validation that comes after the work, or a second way in, lets broken requests through.",
        fix: "Validate first; hand a session to the work only when the whole request is good.",
      },
      async run(context) {
        const variations = [...malformedJson, ...wrongContentTypes, ...otherMethods, ...noObject.slice(1, 3)];
        const attempts = await sendAll(context, variations);
        const counts = await context.effects(attempts.map(({ request }) => request.sessionId));
        for (const attempt of attempts) {
          const times = counts.get(attempt.request.sessionId) ?? 0;
          if (times > 0) context.mismatch("no effect", `processed ${timesInWords(times)}`, attempt);
        }
      },
    },
    {
      id: "bad-input/leaves-the-session-unspent",
      title: "processes a session that a broken request came for before",
      level: "recommended",
      clause: "request/body",
      needs: ["effects"],
      builds: "on-baseline",
      judgesEffects: true,
      collects: { misdeeds: ["lost-after-refusal"], from: "its-suite" },
      sessions: spoiled.length,
      requests: 8,
      explain: {
        sends:
          "Requests that carry a session in their headers and are malformed, empty, of a wrong content type or too large; then the documented callback for each of these sessions.",
        expects: "Once the latter is acknowledged, the session is processed {once}.",
        why: "A receiver that marks a session as seen before it has understood the request drops the callback that follows.",
        fix: "Mark a session only once its request is complete and valid, together with handing it to the work.",
      },
      async run(context) {
        const sessions = spoiled.map((variation) => ({ sessionId: context.session(), variation }));
        await Promise.all(sessions.map((sent) => context.send(sent)));
        await context.betweenRetries();
        const retries = await Promise.all(sessions.map(({ sessionId }) => context.send({ sessionId })));
        expectAcknowledged(context, ...retries);
      },
    },
    {
      id: "bad-input/stays-healthy-after-bad-input",
      title: "still acknowledges the documented callback after bad input",
      level: "recommended",
      clause: "endpoint/online",
      builds: "on-baseline",
      pace: "rough",
      judgesHealth: true,
      sessions: 12,
      requests: 9,
      explain: {
        sends:
          "Malformed JSON, null, deep nesting, odd bytes and wrong types, one after another; then the documented callback three times.",
        expects: "A 2XX for each of the last three.",
        why: "What matters in the end is that the next good callback gets through.",
        fix: "Find the input after which it fails (the checks before this one name it) and handle its error.",
      },
      async run(context) {
        const nasty = [
          malformedJson[0],
          noObject[0],
          oddSessionIds[4],
          deepNesting[0],
          invalidUtf8[0],
          controlCharacters[1],
        ];
        await sendAll(
          context,
          nasty.filter((variation) => variation !== undefined),
        );
        for (let sent = 0; sent < 3; sent += 1) {
          const attempt = await context.send();
          expectAcknowledged(context, attempt);
          // A hang is not asked for twice.
          if (isTimeout(attempt)) return;
        }
      },
    },
  ],
};
