import { describe, expect, it, onTestFinished } from "vitest";
import { batch } from "../contract/batch.js";
import { signed } from "../contract/signed.js";
import { defaults } from "../defaults.js";
import { UsageError } from "../errors.js";
import type { Attempt } from "../sender/attempt.js";
import { ProbeError } from "./effects-probe.js";
import { openTarget } from "./open-target.js";
import { planRun, type Told } from "./plan.js";
import type { ResultsApi } from "./results-api.js";
import { checkOf, suitesOf } from "./check.test.kit.js";
import { inventedSessions } from "./session-ids.js";

function open(options: Partial<Told> = {}, url = "http://127.0.0.1:1/hook") {
  const target = openTarget(planRun({ url, contract: batch, seed: "seed", nonce: "nonce", ...options }));
  onTestFinished(() => target.close());
  return target;
}
const headers = [
  ["X-Api-Key", "key"],
  ["X-Tenant", "seven"],
] as const;

const resultsApi = { fetches: (sessionId: string) => sessionId.length } as unknown as ResultsApi;

describe("a target", () => {
  it("has every custom header for a credential, unless some are named", () => {
    expect(open({ headers }).credentials).toEqual(headers);
    expect(open({ headers, credentialHeaders: [] }).credentials).toEqual(headers);
    expect(open({ headers, credentialHeaders: ["x-api-key"] }).credentials).toEqual([headers[0]]);
  });

  it("refuses a credential header that is not sent", () => {
    const named = (name: string) => () =>
      open({ headers: [...headers, ["Content-Type", "text/plain"]], credentialHeaders: [name] });
    expect(named("X-Key")).toThrow(
      new UsageError(
        "ERR_CREDENTIAL_HEADER",
        '--credential-header: expected the name of a header that is given with -H and is sent, got "X-Key"',
      ),
    );
    expect(named("Content-Type")).toThrow(UsageError);
  });

  it("has none for a credential where `none` is named, in whatever case, and alone", () => {
    expect(open({ headers, credentialHeaders: ["NONE"] }).credentials).toEqual([]);
    expect(() => open({ headers, credentialHeaders: ["none", "X-Tenant"] })).toThrow(UsageError);
  });

  it("declares what was given with it, and nothing else", () => {
    const declared = (...given: Parameters<typeof open>): string[] => [...open(...given).capabilities];
    const effects = { name: "the probe", count: async () => 0 };
    expect(declared()).toEqual([]);
    expect(declared({ headers })).toEqual(["credentials"]);
    expect(declared({ headers: [["Content-Type", "text/plain"]] })).toEqual([]);
    expect(declared({ elapse: "real" })).toEqual(["elapsed-time"]);
    expect(declared({ effects })).toEqual(["effects"]);
    expect(declared({ contract: signed, secret: "s3cret" })).toEqual(["secret"]);
    expect(declared({ credentialQuery: ["a"] }, "http://127.0.0.1:1/hook?a=1")).toEqual(["url-secret"]);
    expect(declared({ instances: ["http://127.0.0.1:2/hook"] })).toEqual(["instances"]);
    expect(declared({ resultsApi })).toEqual(["effects", "results-api"]);
  });

  it("has the defaults where nothing is said", () => {
    const suites = suitesOf([checkOf("a/one"), checkOf("a/two"), checkOf("b/three")]);
    const plan = planRun({ url: "https://hooks.example.com/hook", contract: batch, seed: "seed", suites });
    const { failOn, concurrency, maxTimeMs, settleMs, fuzzCases, durationMs } = defaults.run;
    expect(plan).toMatchObject({ failOn, concurrency, maxTimeMs, settleMs, fuzzCases, durationMs, elapse: "skipped" });
    expect(plan).toMatchObject({
      kind: "url",
      local: false,
      reach: { options: [] },
      network: { ca: [], proxy: null },
      nonce: "",
    });
    const { template, secret, effects, resultsApi: api, maxRate, rate, asOf, repeats, about, command } = plan;
    expect([template, secret, effects, api, maxRate, rate, asOf, repeats, about, command]).toEqual(
      Array(10).fill(null),
    );
    const { notes, knownFailures, urlSecrets, instanceUrls, configured } = plan;
    expect([...notes, ...knownFailures, ...urlSecrets, ...instanceUrls, ...configured]).toEqual([]);
    expect([...plan.selected]).toEqual(["a/one", "a/two", "b/three"]);
    expect([...plan.named]).toEqual([]);
    expect(plan.sessions.take("a/one", 1)?.()).toBe(inventedSessions("seed", "").take("a/one", 1)?.());
    expect(open({ elapse: "real" }).maxTimeMs).toBe(7_200_000);
  });

  it("takes what was fetched for processed, unless something else counts that", async () => {
    const effects = { name: "the probe", count: async () => 0 };
    const { effects: log } = planRun({ url: "http://127.0.0.1:1/hook", contract: batch, seed: "seed", resultsApi });
    expect([log?.name, await log?.count("abc", { signal: new AbortController().signal } as never)]).toEqual([
      "the results API's log",
      3,
    ]);
    expect(open({ resultsApi, effects }).effects?.name).toBe("the probe");
  });

  it("has no results fetched where no page says that they are", () => {
    expect(() => open({ contract: signed, secret: "s3cret", resultsApi })).toThrow(
      new UsageError(
        "ERR_OBSERVATION",
        `--results-api: expected none with --contract ${signed.id}, of which no page says that results are fetched, got one`,
      ),
    );
  });

  it("is refused without the secret that it signs with", () => {
    expect(() => open({ contract: signed })).toThrow(UsageError);
    expect(() => open({ secret: "s3cret" })).toThrow(UsageError);
  });

  it("leaves out the known failures that have expired, and says so beside its own notes", () => {
    const current = { check: "a/two", reason: "ticket" };
    const plan = open({
      notes: ["first"],
      knownFailures: [{ check: "a/one", reason: "ticket", expires: "2020-01-01" }, current],
    });
    expect(plan.knownFailures).toEqual([current]);
    expect(plan.notes).toEqual(["first", expect.stringContaining("has expired on 2020-01-01")]);
  });

  it("keeps secret what is declared, and what else it was told", () => {
    const told = {
      headers,
      contract: signed,
      secret: "signing-secret",
      credentialHeaders: ["X-Api-Key"],
      credentialPath: ["path-secret"],
      credentialQuery: ["a"],
      instances: ["http://u:userinfo-secret@127.0.0.1:2/hook?token=instance-secret"],
      secrets: [{ kind: "token", value: "another-secret" }] as const,
    };
    const { redactor, shownUrl } = open(
      {
        ...told,
        headers: [
          ["X-Api-Key", "header-secret"],
          ["X-Tenant", "staging-seven"],
        ],
      },
      "http://127.0.0.1:1/path-secret?a=query-secret",
    );
    const all =
      "header-secret signing-secret path-secret query-secret userinfo-secret instance-secret another-secret staging-seven";
    expect(redactor.redactText(all)).toBe(`${"[redacted] ".repeat(7)}staging-seven`);
    expect(shownUrl).not.toMatch(/secret/);
    const text = "staging-seven";
    expect(open({ headers: [["X-Tenant", text]] }).redactor.redactText(text)).toBe("[redacted]");
    expect(open({ headers: [["X-Tenant", text]], credentialHeaders: ["none"] }).redactor.redactText(text)).toBe(text);
  });

  it("sends the same from all its senders: the template, or what is signed", () => {
    const sent = (options: Partial<Told>) => {
      const { sender, instances } = open({ headers, instances: ["http://127.0.0.1:2/other"], ...options });
      const [first, other] = [sender, ...instances.map((each) => each.sender)].map((each) => each.callback("abc"));
      expect({ ...first, path: "" }).toEqual({ ...other, path: "" });
      expect([first?.path, other?.path]).toEqual(["/hook", "/other"]);
      return { names: first?.headers.map(([name]) => name), body: first?.body.toString() };
    };
    const body = Buffer.from("{}");
    expect(sent({ template: { method: "POST", headers: [["X-Event", "done"]], body, sessionIds: [] } })).toEqual({
      names: expect.arrayContaining(["X-Event", "X-Api-Key", "X-Tenant"]),
      body: "{}",
    });
    const { names } = sent({ contract: signed, secret: "s3cret" });
    expect(names).toEqual(expect.arrayContaining([signed.request.signature?.header, "X-Api-Key", "X-Tenant"]));
  });

  it("ends what looks below HTTP when it is closed", async () => {
    const target = open({ network: { resolve: () => new Promise(() => {}) } }, "http://hooks.example.com/");
    const looked = target.networkProbe.resolve();
    await target.close();
    expect(await looked).toEqual({ kind: "no-answer", code: "TIMEOUT" });
  });

  it("is refused for a URL or a header that cannot be sent", () => {
    expect(() => open({}, "ftp://127.0.0.1/")).toThrow(UsageError);
    expect(() => open({ headers: [["X-Api-Key", "a\r\nb"]] })).toThrow(UsageError);
  });

  it.each(["late", "over-cap", "broken"] as const)(
    "learns from a baseline whose body ended %s to wait for none",
    (bodyEnd) => {
      const target = open();
      expect(target.ignoresBodies()).toBe(false);
      target.learn({ response: { bodyEnd }, timings: { headersMs: 5 } } as unknown as Attempt);
      expect(target.ignoresBodies()).toBe(true);
    },
  );

  it.each([{ bodyEnd: "complete" }, null])("goes on to wait for bodies where the baseline's was %o", (response) => {
    const target = open();
    target.learn({ response, timings: { headersMs: null } } as unknown as Attempt);
    expect(target.ignoresBodies()).toBe(false);
  });

  it("takes nobody at its port for the end of the receiver once something was acknowledged there", () => {
    const { pace, vitals } = open();
    const refused = { outcome: { kind: "failed", reason: "connect", phase: "connect" } } as unknown as Attempt;
    const meetsNobody = (): boolean => {
      vitals.sends({ check: "a/one", label: "" })(refused);
      return vitals.death !== null;
    };
    const before = meetsNobody();
    pace.went(true);
    expect([before, meetsNobody()]).toEqual([false, true]);
  });

  it("has a probe that fails fail as one where the receiver lives", async () => {
    const fails = () => Promise.reject(new ProbeError("the probe URL answered 500"));
    const { effects } = open(
      { effects: { name: "the probe", count: fails }, network: { resolve: async () => [] } },
      "http://hooks.example.com/",
    );
    await expect(effects?.count("abc", new AbortController().signal)).rejects.toThrow(ProbeError);
  });
});
