import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { systemClock } from "../../clock/system-clock.js";
import { createScriptedReceiver } from "../../receivers/scripted-receiver.js";
import type { Step } from "../../receivers/script.js";
import { deliveryOptions } from "../target-options.js";
import { runOptions } from "../run/run-options.js";
import { sendOptions } from "./send-options.js";
import { printed, runCli, startCli, temporaryDirectory } from "../cli.test.kit.js";

const receiverOf = (...script: readonly Step[]) => createScriptedReceiver({ clock: systemClock, script });
const answer = (status: number): Step => ({ kind: "answer", status });

it("tells each attempt, until one is acknowledged", async () => {
  const receiver = await receiverOf(answer(503), answer(302), answer(204));
  const { code, stdout } = await runCli(["send", receiver.url, "--skip-waits", "--session-id", "session-1"]);
  await receiver.close();
  expect(stdout.replaceAll(/\d+ ms/g, "0 ms")).toBe(
    [
      `POST ${receiver.url}, session session-1`,
      "00:00:00  attempt 1 of 6",
      "          failed after 0 ms: the receiver answered 503, not a 2XX",
      "          attempt 2 is due at 00:01:00, after a delay of 1 minute, which is skipped",
      "00:01:00  attempt 2 of 6",
      "          failed after 0 ms: the receiver answered 302, not a 2XX",
      "          attempt 3 is due at 00:03:00, after a delay of 2 minutes, which is skipped",
      "00:03:00  attempt 3 of 6",
      "          acknowledged: 204 No Content after 0 ms",
      "acknowledged by attempt 3",
      "",
    ].join("\n"),
  );
  expect(code).toBe(0);
  expect(receiver.journal.arrivals.map(({ sessionId }) => sessionId)).toEqual(["session-1", "session-1", "session-1"]);
});

it("ends with 1 when the callback is abandoned", async () => {
  const receiver = await receiverOf(answer(500));
  const { code, stdout } = await runCli(["send", receiver.url, "--skip-waits"]);
  await receiver.close();
  expect(stdout).toContain("00:53:00  attempt 6 of 6");
  expect(stdout).toMatch(/abandoned for good after 6 failed attempts\n$/);
  expect(code).toBe(1);
});

it("--json prints the attempts at the end, without secrets", async () => {
  const key = "k3y-that-nobody-must-see";
  const receiver = await receiverOf({ kind: "answer", status: 200, body: `you sent ${key}` });
  const { stdout } = await runCli(["send", receiver.url, "--json", "-H", `X-Api-Key: ${key}`]);
  await receiver.close();
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: "acknowledged",
    attempts: [{ number: 1, offsetMs: 0, response: { status: 200, body: "you sent [redacted]" } }],
  });
});

it("waits as documented, and ends with 130 when it is interrupted", async () => {
  const receiver = await receiverOf(answer(503));
  const { child, ended } = startCli(["send", receiver.url]);
  await printed(child.stdout, /attempt 2 is due at 00:01:00, after a delay of 1 minute\n/);
  child.kill("SIGINT");
  const { code, stderr } = await ended;
  await receiver.close();
  expect(code).toBe(130);
  expect(stderr).toBe("");
});

it("reaches a receiver with what a run is given, of a config file too", async () => {
  const receiver = await receiverOf(answer(200));
  const cwd = temporaryDirectory();
  const secret = "s3cret-of-the-query";
  writeFileSync(join(cwd, "ids.txt"), "session-of-staging\n");
  const config = {
    url: "${HOOK}?sig=${SIG}",
    local: true,
    header: ["X-Api-Key: ${KEY}", "X-Tenant: acme"],
    "credential-header": "X-Api-Key",
    "credential-query": "sig",
    "session-ids": "ids.txt",
    "results-token": "${OF_NO_USE_HERE}",
    "fail-on": "recommended",
  };
  writeFileSync(join(cwd, "webhook-conformance.json"), JSON.stringify(config));
  const env = { HOOK: receiver.url, SIG: secret, KEY: "k3y-of-staging" };
  const { code, stdout, stderr } = await runCli(["send"], { cwd, env });
  await receiver.close();
  expect(stderr).toBe("config: webhook-conformance.json\n");
  expect(stdout).toContain("session session-of-staging");
  expect(stdout).not.toContain(secret);
  expect(code).toBe(0);
  const [arrival] = receiver.journal.arrivals;
  expect(arrival?.sessionId).toBe("session-of-staging");
  expect(JSON.stringify(arrival)).toContain("k3y-of-staging");
});

it("spreads the attempts over the instances of the receiver, and says where each went", async () => {
  const [front, pod] = await Promise.all([receiverOf(answer(503)), receiverOf(answer(503), answer(200))]);
  const args = ["send", front.url, "--instance", pod.url, "--skip-waits", "--session-id", "session-1"];
  const { code, stdout } = await runCli(args);
  const { stdout: json } = await runCli([...args.slice(0, -1), "session-2", "--json"]);
  await Promise.all([front.close(), pod.close()]);
  expect(stdout.match(/attempt \d of 6, to .*/g)).toEqual([
    `attempt 1 of 6, to ${front.url}`,
    `attempt 2 of 6, to ${pod.url}`,
    `attempt 3 of 6, to ${front.url}`,
    `attempt 4 of 6, to ${pod.url}`,
  ]);
  expect(code).toBe(0);
  const { attempts } = JSON.parse(json) as { attempts: { url: string }[] };
  expect(attempts.map(({ url }) => url)).toEqual([front.url, pod.url, front.url, pod.url]);
});

/** What `run` says of whom to reach and how, and of which callback; of these only a run makes sense of two. */
it("takes each option by which a run reaches a receiver", () => {
  const groups = new Set<string>(Object.values(deliveryOptions).map(({ group }) => group));
  const ofARunAlone = new Set(["contracts", "embedded"]);
  const reaching = Object.entries(runOptions).filter(
    ([name, { group }]) => groups.has(group) && !ofARunAlone.has(name),
  );
  expect(reaching.length).toBeGreaterThan(12);
  for (const [name, spec] of reaching)
    expect({ [name]: sendOptions[name as keyof typeof sendOptions] }).toEqual({ [name]: spec });
});

it("wants a URL from somewhere", async () => {
  const { code, stderr } = await runCli(["send"]);
  expect(stderr).toBe("error: send: expected <url>, the callback URL, got none\n");
  expect(code).toBe(2);
});
