import { answerOf } from "../src/diagnosis/answer.js";
import { causeOf } from "../src/diagnosis/causes.js";
import { notJudged, type Suite } from "../src/runner/check.js";
import { expectAcknowledged, expectRefused, isAcknowledged } from "../src/runner/expectations.js";
import type { CheckContext, Variation } from "../src/runner/check-context.js";
import type { Attempt } from "../src/sender/attempt.js";
import { nearMisses, wrongValue } from "../src/runner/credential-variants.js";
import { refusalHasNoEffect, refusalLeavesUnspent, refusesThenAccepts } from "./templates.js";
import { nearMissesInUrl, withWrongSecrets, withoutSecrets } from "../src/runner/url-secrets.js";

/** Other values of the same form. */
const withWrongCredentials = (context: CheckContext): Variation => ({
  label: "with wrong credentials",
  set: Object.fromEntries(context.credentials.map(([name, value]) => [name, wrongValue(value, context.randomHex(64))])),
});

export const authentication: Suite = {
  id: "authentication",
  title: "The configured headers are accepted, and required",
  checks: [
    {
      id: "authentication/accepts-the-configured-headers",
      title: "accepts a callback with the configured headers",
      level: "required",
      clause: "auth/custom-headers",
      needs: ["credentials"],
      builds: "judges-baseline",
      sessions: 0,
      explain: {
        sends: "The documented {method}, once, with the headers given by -H.",
        expects: "It is not refused as unauthorized.",
        why: "The sender sends just these headers with every callback; there is no other way to authenticate.",
        fix: "Compare the header with the key that is configured at the sender: same name, same value, same environment.",
      },
      async run(context) {
        const { baseline } = context;
        const cause = baseline.response === null ? null : causeOf(answerOf(baseline, context.url));
        if (cause?.wall === "rule") return notJudged(`${cause.says}; acknowledges-with-2xx judges that`);
        if (cause?.wall === "browser") {
          return notJudged(
            "a login, CSRF or bot wall stands before the receiver, which answers-without-browser-state judges",
          );
        }
        const status = baseline.response?.status;
        if (status === 401 || status === 403) expectAcknowledged(context, baseline);
        else if (!isAcknowledged(baseline)) return notJudged("the callback failed for another reason");
      },
    },
    {
      id: "authentication/refuses-missing-credentials",
      title: "refuses a callback without the configured headers",
      level: "recommended",
      clause: "auth/custom-headers",
      needs: ["credentials"],
      builds: "on-baseline",
      sessions: 1,
      requests: 2,
      explain: {
        sends: "The documented callback without the credential headers, then the same with them.",
        expects: "401 or 403 (any 4XX) for the first, a 2XX for the second.",
        why: "The callback URL is no secret: whoever knows it could announce results that do not exist.",
        fix: "Answer 401 when the configured header is missing, before anything else is done.",
      },
      run: (context) =>
        refusesThenAccepts(context, {
          label: "without credentials",
          drop: context.credentials.map(([name]) => name),
        }),
    },
    {
      id: "authentication/refuses-wrong-credentials",
      title: "refuses a callback with wrong credentials",
      level: "recommended",
      clause: "auth/custom-headers",
      needs: ["credentials"],
      builds: "on-baseline",
      sessions: 1,
      requests: 2,
      explain: {
        sends:
          "The documented callback with other values of the same form in the credential headers, then with the right ones.",
        expects: "401 or 403 (any 4XX) for the first, a 2XX for the second.",
        why: "A receiver that looks only whether the header is there lets anyone in.",
        fix: "Compare the whole value with the configured one, in constant time.",
      },
      run: (context) => refusesThenAccepts(context, withWrongCredentials(context)),
    },
    {
      id: "authentication/refuses-near-miss-credentials",
      title: "refuses credentials that are almost right",
      level: "hardening",
      clause: "auth/custom-headers",
      needs: ["credentials"],
      builds: "on-baseline",
      sessions: 7,
      explain: {
        sends:
          "The documented callback with an empty value, the word undefined, the value less its last or first character, with two more behind it, and in other letter case; then with the right one.",
        expects: "401 or 403 (any 4XX) for each near miss, a 2XX for the right value.",
        why: "Prefix comparison, unset configuration and case-folding are how header checks are got round.",
        fix: "Compare the whole value byte by byte, in constant time, and refuse to start without a configured key.",
      },
      async run(context) {
        const attempts: Attempt[] = [];
        for (const { label, of } of nearMisses) {
          const values = context.credentials.map(([name, value]) => [name, of(value)] as const);
          // Where no value changes (one without letters has no other case) there is nothing to ask.
          if (values.some(([, value]) => value === null)) continue;
          const set = Object.fromEntries(values.map(([name, value]) => [name, value ?? ""]));
          attempts.push(await context.send({ variation: { label, set } }));
        }
        await expectRefused(context, attempts, "401 or 403 (any 4XX)");
        expectAcknowledged(context, await context.send());
      },
    },
    {
      id: "authentication/refuses-a-missing-url-secret",
      title: "refuses a callback without the secret in the URL",
      level: "recommended",
      clause: null,
      source: "good practice",
      needs: ["url-secret"],
      builds: "on-baseline",
      sessions: 1,
      explain: {
        sends: "The documented callback to the URL less the parameter that is a secret, then to the whole URL.",
        expects: "401 or 403 (any 4XX) for the first, a 2XX for the second.",
        why: "A secret in the URL protects nothing where a request without it is let in too.",
        fix: "Answer 401 when the parameter is missing, before anything else is done.",
      },
      run: (context) =>
        refusesThenAccepts(context, {
          label: "without the secret in the URL",
          path: (path) => withoutSecrets(path, context.urlSecrets),
        }),
    },
    {
      id: "authentication/refuses-a-wrong-url-secret",
      title: "refuses a callback with a wrong secret in the URL",
      level: "recommended",
      clause: null,
      source: "good practice",
      needs: ["url-secret"],
      builds: "on-baseline",
      sessions: 1,
      explain: {
        sends: "The documented callback with another value of the same form in the URL, then to the right URL.",
        expects: "401 or 403 (any 4XX) for the first, a 2XX for the second.",
        why: "A receiver that looks only whether the parameter is there lets anyone in.",
        fix: "Compare the whole value with the configured one, in constant time.",
      },
      run: (context) =>
        refusesThenAccepts(context, {
          label: "with a wrong secret in the URL",
          path: (path) => withWrongSecrets(path, context.urlSecrets, context.randomHex(64)),
        }),
    },
    {
      id: "authentication/refuses-near-miss-url-secrets",
      title: "refuses a secret in the URL that is almost right",
      level: "hardening",
      clause: null,
      source: "good practice",
      needs: ["url-secret"],
      builds: "on-baseline",
      sessions: 6,
      explain: {
        sends:
          "The documented callback with an empty value in the URL, the word undefined, the secret less its last or first character, and in other letter case; then with the right one.",
        expects: "401 or 403 (any 4XX) for each near miss, a 2XX for the right value.",
        why: "Prefix comparison, unset configuration and case-folding are how such checks are got round.",
        fix: "Compare the whole value byte by byte, in constant time, and refuse to start without a configured secret.",
      },
      async run(context) {
        const attempts: Attempt[] = [];
        for (const { label, of } of nearMissesInUrl) {
          if (of(context.url.path, context.urlSecrets) === null) continue;
          const path = (configured: string): string => of(configured, context.urlSecrets) ?? configured;
          attempts.push(await context.send({ variation: { label, path } }));
        }
        await expectRefused(context, attempts, "401 or 403 (any 4XX)");
        expectAcknowledged(context, await context.send());
      },
    },
    refusalHasNoEffect({
      id: "authentication/refusal-has-no-effect",
      title: "processes no session of a refused callback",
      clause: "auth/custom-headers",
      needs: ["credentials", "effects"],
      explain: {
        sends: "The documented callback without the credential headers, and one with wrong values.",
        expects: "Neither session is processed.",
        why: "A receiver may answer 401 and still have handed the session to its queue.",
        fix: "Check the credentials before anything else, and return right after the refusal.",
      },
      variations: (context) => [
        { label: "without credentials", drop: context.credentials.map(([name]) => name) },
        withWrongCredentials(context),
      ],
    }),
    refusalLeavesUnspent({
      id: "authentication/refusal-leaves-the-session-unspent",
      title: "processes a session whose first callback it refused",
      clause: "auth/custom-headers",
      needs: ["credentials", "effects"],
      explain: {
        sends: "The documented callback with wrong credentials, then the same session with the right ones.",
        expects: "Once the latter is acknowledged, the session is processed {once}.",
        why: "A receiver that marks a session before it has checked the key takes the real callback for a duplicate; and whoever guesses ids could have sessions dropped.",
        fix: "Check the credentials before anything is remembered of the request.",
      },
      variation: withWrongCredentials,
      notRefused: "wrong credentials are",
    }),
  ],
};
