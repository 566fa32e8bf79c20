import { expect, test } from "vitest";
import { connectionFailure, timeoutFailure, OpenError } from "../sender/failure.js";
import type { Attempt, AttemptPhase } from "../sender/attempt.js";
import { mismatchLine } from "../report/mismatch-line.js";
import type { Variation } from "./check-context.js";
import { expectAcknowledged, expectRefused, whatCame } from "./expectations.js";
import { checkIn, checkOf, runChecks, startReceiver, targetOf, type Answer } from "./run.test.kit.js";

const html = { "Content-Type": "text/html; charset=utf-8" };
const page = "<!doctype html><title>App</title><div id=root></div>";

/** The hint of a check that sends these variations and expects a refusal, or a 2XX, of each. */
async function hintOf(
  variations: readonly Variation[],
  expects: "refused" | "acknowledged",
  answer: (label: string) => Answer,
): Promise<string | null> {
  const receiver = await startReceiver(({ headers }) => answer(String(headers["x-label"] ?? "")));
  const labelled = variations.map((variation) => ({ ...variation, set: { "X-Label": variation.label } }));
  const check = checkOf("a/judges", {
    async run(context) {
      for (const variation of labelled) {
        const attempt = await context.send({ variation });
        if (expects === "refused") await expectRefused(context, [attempt]);
        else expectAcknowledged(context, attempt);
      }
    },
  });
  return checkIn(await runChecks(targetOf(receiver.url), [check]), "a/judges").hint;
}

const behind: Variation = { label: "behind", fixIfAcknowledged: "Look at what follows." };
const cut: Variation = { label: "cut" };

test("a page that was acknowledged is no reason for not refusing", async () => {
  expect(await hintOf([cut], "refused", () => ({ headers: html, body: page }))).toBe("Mend it.");
});

test("what is to be done about one variation is said where just that one got through", async () => {
  const lets = (through: readonly string[]) => (label: string) => ({
    status: label === "" || through.includes(label) ? 200 : 400,
  });
  expect(await hintOf([cut, behind], "refused", lets(["behind"]))).toBe("Look at what follows.");
  expect(await hintOf([cut, behind], "refused", lets(["cut"]))).toBe("Mend it.");
  expect(await hintOf([cut, behind], "refused", lets(["cut", "behind"]))).toBe("Mend it. Look at what follows.");
  const fails = (label: string) => ({ status: label === "behind" ? 500 : label === "" ? 200 : 400 });
  expect(await hintOf([cut, behind], "refused", fails)).toBe("Mend it.");
});

test("a wall that answers with a 2XX is named all the same", async () => {
  const login = '<!doctype html><form action="/login"><input type="password"></form>';
  expect(await hintOf([cut], "refused", (label) => (label === "" ? {} : { headers: html, body: login }))).toBe(
    "Likely cause: a login page. Take the callback path out of the login, and check the configured header instead.",
  );
});

const phases: readonly AttemptPhase[] = ["dns", "connect", "tls", "request", "headers", "body"];
const errors = ["ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "ERR_SSL_WRONG_VERSION_NUMBER", "HPE_INVALID"];

test("whatever did not come makes a sentence with whatever was expected", () => {
  const failures = phases.flatMap((phase) => [
    timeoutFailure(phase, 20_000),
    ...errors.map((code) =>
      connectionFailure(new OpenError(phase, Object.assign(new Error("what the library says"), { code })), phase),
    ),
  ]);
  const lines = failures.map((outcome) =>
    mismatchLine({ expected: "a 2XX", actual: whatCame({ outcome, response: null } as Attempt), where: "callback 1" }),
  );
  // Between "got" and the sentence that says why stands what was got; nothing is said twice.
  for (const line of lines) {
    expect(line).toMatch(/^callback 1: expected a 2XX, got no answer: (no|the|TLS|what) .*[^.]$/);
    expect(line).not.toMatch(/\b(\w+) \1\b/);
  }
  expect([...new Set(lines)].sort()).toMatchSnapshot();
});
