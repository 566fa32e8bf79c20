import { describe, expect, it } from "vitest";
import type { CheckContext, SendOptions } from "./check-context.js";
import type { Told } from "./plan.js";
import {
  baselineCheckOf,
  checkIn,
  checkOf,
  runChecks,
  startReceiver,
  targetOf,
  type Given,
  type Rest,
} from "./run.test.kit.js";

const finding = (context: CheckContext, where: Parameters<CheckContext["mismatch"]>[2] | undefined): void =>
  context.mismatch("this", "that", where ?? "nowhere");

/** The check as it is reported when it blames what it sent. */
async function reported(
  run: (context: CheckContext) => Promise<void>,
  options: Partial<Told> & { answer?: Given; rest?: Rest } = {},
) {
  const { answer = {}, rest = {}, ...target } = options;
  const receiver = await startReceiver(({ number }) => (number === 1 ? {} : answer));
  const report = await runChecks(targetOf(receiver.url, target), [checkOf("a/one", { spansMinutes: true, run })], rest);
  return { ...checkIn(report, "a/one"), url: receiver.url };
}

const sends = (how: SendOptions) => async (context: CheckContext) => finding(context, await context.send(how));

describe("a curl line", () => {
  it("shows a failure that one request shows, with a fresh session id each time", async () => {
    const { reproduce, url } = await reported(sends({}));
    expect(reproduce).toMatch(/^ID=\$\(openssl rand -hex 13\); curl -i --http1\.1 -X POST --max-time 20 /);
    expect(reproduce).toContain(`'${url}'`);
    expect(reproduce).toContain(`-H "X-Scriptix-Session: $ID"`);
  });

  it("shows the variation", async () => {
    const { reproduce } = await reported(
      sends({ variation: { label: "odd", body: () => ({ a: 1 }), set: { "X-Odd": "yes" } } }),
    );
    expect(reproduce).toContain(`-H 'X-Odd: yes'`);
    expect(reproduce).toContain(`--data-raw '{"a":1}'`);
  });

  it("reads secrets from the environment", async () => {
    const { reproduce } = await reported(sends({}), { headers: [["X-Api-Key", "s3cret-value"]] });
    expect(reproduce).toContain(`-H "X-Api-Key: $X_API_KEY"`);
    expect(reproduce).not.toContain("s3cret-value");
  });

  it("has curl send the userinfo of the URL, and not the header made of it", async () => {
    const receiver = await startReceiver(({ number }) => ({ status: number === 1 ? 200 : 500 }));
    const report = await runChecks(targetOf(receiver.url.replace("//", "//user:passw0rd@")), [checkOf("a/one")]);
    const { reproduce } = checkIn(report, "a/one");
    expect(reproduce).toContain(`"http://$USERINFO@127.0.0.1:`);
    expect(reproduce).not.toContain("Authorization");
  });

  it("says how the target is reached", async () => {
    const reach = { connectTo: "a.example.com:443:127.0.0.1:8443", caFile: "ca.pem", options: [] };
    const { reproduce } = await reported(sends({}), { rest: { reach } });
    expect(reproduce).toContain(`--cacert 'ca.pem' --connect-to 'a.example.com:443:127.0.0.1:8443'`);
  });

  it("shows the baseline too", async () => {
    const receiver = await startReceiver(() => ({ status: 500 }));
    const report = await runChecks(targetOf(receiver.url), [baselineCheckOf("a/one"), checkOf("a/two")]);
    expect(checkIn(report, "a/one").reproduce).toContain("curl ");
    expect(checkIn(report, "a/two").reproduce).toBeNull();
  });

  it.each<[string, (context: CheckContext) => Promise<void>]>([
    ["an attempt of a schedule", async (context) => finding(context, (await context.schedule({ attempts: 2 }))[1])],
    [
      "a session that was sent before",
      async (context) => {
        const sessionId = context.session();
        await context.send({ sessionId });
        finding(context, await context.send({ sessionId }));
      },
    ],
    ["an answer that was lost on its way", sends({ onTheWay: "lost-ack" })],
    ["a request that was cut", sends({ onTheWay: "cut" })],
    ["odd framing", sends({ variation: { label: "odd", framing: "two-lengths" } })],
    [
      "a retry that is kept only because it is blamed",
      async (context) => {
        const sessionId = context.session();
        await context.send({ sessionId, evidence: "none" });
        finding(context, await context.send({ sessionId, evidence: "none" }));
      },
    ],
    [
      "what a kept connection has to do with",
      async (context) => {
        const connection = context.connection();
        finding(context, await context.send({ connection }));
        connection.close();
      },
    ],
    ["what is no request at all", async (context) => finding(context, "the certificate")],
  ])("cannot show %s, so the check is run again", async (_what, run) => {
    const { outcome, reproduce, url } = await reported(run);
    expect(outcome).toBe("failed");
    expect(reproduce).toBe(`webhook-conformance run '${url}' --local --check a/one --seed 'seed'`);
  });

  it("sends a wrong credential as a wrong one, and an empty one as an empty one; what is almost right it does not hold", async () => {
    const headers: [string, string][] = [["X-Api-Key", "s3cret-value"]];
    const sent = async (value: string) =>
      (await reported(sends({ variation: { label: "odd", set: { "X-Api-Key": value } } }), { headers })).reproduce;
    expect(await sent("wr0ng-things")).toContain("-H 'X-Api-Key: wr0ng-things'");
    expect(await sent("")).toContain("-H 'X-Api-Key;'");
    expect(await sent("s3cret-valu")).toMatch(
      /^webhook-conformance run .* -H 'X-Api-Key: \$\{X_API_KEY\}' --check a\/one/,
    );
  });
});

describe("a hint", () => {
  it("names the likely cause that the answer shows", async () => {
    const { hint } = await reported(sends({}), { answer: { status: 502 } });
    expect(hint).toMatch(
      /^Likely cause: a proxy in front of the receiver could not reach it, or not in time\. Look at /,
    );
  });

  it("is the check's own where it shows none", async () => {
    expect((await reported(sends({}), { answer: { status: 500 } })).hint).toBe("Mend it.");
  });

  it("is not given where nothing failed", async () => {
    expect((await reported(async (context) => void (await context.send()))).hint).toBeNull();
  });
});

it("what is said of an attempt holds its request, its answer and how the answer ended", async () => {
  const { attempts, url } = await reported(sends({}), {
    answer: { status: 503, headers: { "X-A": "1" }, body: "down" },
  });
  expect(attempts).toHaveLength(1);
  expect(attempts[0]).toMatchObject({
    number: 1,
    label: "",
    request: { method: "POST", url },
    response: { status: 503, statusText: "Service Unavailable", body: "down", bodyEnd: "complete" },
    error: null,
    virtualOffsetMs: 0,
  });
  expect(attempts[0]?.response?.headers).toContainEqual(["X-A", "1"]);
});

it("what is said of one without an answer holds the reason", async () => {
  const { attempts } = await reported(sends({ onTheWay: "lost-ack" }));
  expect(attempts[0]).toMatchObject({ response: null, error: { reason: "reset" } });
});
