import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCertificateAuthority } from "../../tls/certificates.js";
import { systemClock } from "../../clock/system-clock.js";
import { createReferenceReceiver, type ReferenceReceiver } from "../../receivers/reference-receiver.js";
import { createScriptedReceiver, type ScriptedReceiver } from "../../receivers/scripted-receiver.js";
import { formatNames, formats } from "../../report/formats.js";
import { idsOf, readReport, runCli, temporaryDirectory } from "../cli.test.kit.js";

const key = "k3y-that-nobody-must-see-0123456789";
const few = ["--check", "acknowledgement/acknowledges-with-2xx,authentication/refuses-missing-credentials"];

describe("a good receiver over HTTPS that asks for a key", () => {
  let receiver: ReferenceReceiver;
  let url: string;
  let cwd: string;
  beforeAll(async () => {
    const authority = await createCertificateAuthority();
    receiver = createReferenceReceiver({
      clock: systemClock,
      credential: { header: "X-Api-Key", value: key },
      https: await authority.issue({ hosts: ["localhost", "127.0.0.1"] }),
    });
    url = await receiver.listen({ port: 0 });
    cwd = temporaryDirectory();
    writeFileSync(join(cwd, "ca.pem"), authority.certificatePem);
  });
  afterAll(() => receiver.close());

  it("is conformant, its key read from the environment", async () => {
    const args = ["run", url, "--local", "--ca", "ca.pem", "-H", "X-Api-Key: ${KEY}", ...few];
    const { code, stdout } = await runCli(args, { cwd, env: { KEY: key } });
    expect(stdout).toContain("verdict: conformant");
    expect(code).toBe(0);
  });

  it("is the same by a config file, whose paths are relative to it; the command line wins", async () => {
    const config = {
      url,
      local: true,
      ca: "ca.pem",
      header: ["X-Api-Key: ${KEY}"],
      check: few[1],
      concurrency: 4,
      out: "no",
    };
    writeFileSync(join(cwd, "config.json"), JSON.stringify(config));
    const elsewhere = temporaryDirectory();
    const args = ["--config", join(cwd, "config.json"), "--out", "here"];
    const { code } = await runCli(args, { cwd: elsewhere, env: { KEY: key } });
    expect(code).toBe(0);
    expect(readReport({ cwd: elsewhere }, "here").target.url).toBe(url);
  });

  it("is inconclusive without the key, with the sentence that helps", async () => {
    const { code, stdout } = await runCli(["run", url, "--local", "--ca", "ca.pem", ...few], { cwd });
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "pass the headers that are configured with the webhook, as in -H 'Name: value'",
    );
    expect(code).toBe(3);
  });
});

describe("a receiver that is reached by a name that is not its own", () => {
  it("is led to by --connect-to", async () => {
    const receiver = await acknowledging();
    const args = ["run", "http://hooks.example.com/webhook", "--connect-to", `::127.0.0.1:${receiver.port}`, ...few];
    const { code } = await runCli(args);
    expect(code).toBe(0);
    await receiver.close();
  });
});

describe("a receiver that lets everyone in", () => {
  let receiver: ScriptedReceiver;
  let args: readonly string[];
  beforeAll(async () => {
    receiver = await acknowledging();
    args = ["run", receiver.url, "--local", "-H", `X-Api-Key: ${key}`, ...few];
  });
  afterAll(() => receiver.close());

  it("fails a recommended check, which is not gated", async () => {
    const { code, cwd } = await runCli(args);
    expect(idsOf(readReport({ cwd }), "failed")).toEqual(["authentication/refuses-missing-credentials"]);
    expect(code).toBe(0);
  });

  it("fails the gate with --fail-on recommended; --quiet names the receiver and what fails", async () => {
    const { code, stdout } = await runCli([...args, "--fail-on", "recommended", "--quiet"]);
    expect(code).toBe(1);
    expect(stdout.split("\n").slice(0, 2)).toEqual([
      `receiver: ${receiver.url}`,
      expect.stringMatching(
        /^failed: authentication\/refuses-missing-credentials: .*expected 401 or 403 .*, got 200 OK/,
      ),
    ]);
  });

  it("is inconclusive where no check of a gated level was selected, or none could be judged", async () => {
    const selecting = (...more: readonly string[]) => runCli(["run", receiver.url, "--local", "--quiet", ...more]);
    const ungated = await selecting("--check", "payload/accepts-unknown-fields");
    expect(ungated.code).toBe(3);
    expect(ungated.stdout).toContain("a gated check could not be judged, or none was");
    expect((await selecting("--check", "results/authorizes-its-fetch")).code).toBe(3);
    expect((await selecting("--check", "payload/accepts-unknown-fields", "--fail-on", "recommended")).code).toBe(0);
  });

  it("passes it with that failure on the list, until the list is out of date", async () => {
    const cwd = temporaryDirectory();
    const gated = [...args, "--fail-on", "recommended", "--known-failures", "known.json"];
    const updated = await runCli([...gated, "--update-known-failures"], { cwd });
    expect(updated.code).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, "known.json"), "utf8"))).toEqual([
      {
        check: "authentication/refuses-missing-credentials",
        reason: expect.stringContaining("to be explained") as string,
      },
    ]);
    expect((await runCli(gated, { cwd })).code).toBe(0);
    writeFileSync(join(cwd, "known.json"), '[{"check": "acknowledgement/acknowledges-with-2xx", "reason": "once"}]');
    const stale = await runCli([...gated, "--skip", "authentication/*"], { cwd });
    expect(stale.code).toBe(1);
    expect(stale.stdout).toContain("out of date");
  });
});

describe("--dry-run", () => {
  it("sends nothing", async () => {
    const receiver = await acknowledging();
    const { code, stdout } = await runCli(["run", receiver.url, "-H", `X-Api-Key: ${key}`, "--dry-run", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ target: receiver.url, request: { method: "POST" } });
    expect(stdout).not.toContain(key);
    expect(receiver.journal.connections).toEqual([]);
    expect(code).toBe(0);
    await receiver.close();
  });
});

describe("the configured secret", () => {
  it("is nowhere in what is printed and written, also where the receiver sends it back", async () => {
    const spellings = [key, Buffer.from(key).toString("base64"), encodeURIComponent(key)];
    const receiver = await createScriptedReceiver({
      clock: systemClock,
      script: [{ kind: "answer", status: 500, headers: [["X-Echo", key]], body: spellings.join(" and ") }],
    });
    const url = receiver.url.replace("http://", "http://user:pa55word-of-userinfo@");
    const summary = join(temporaryDirectory(), "summary.md");
    const { code, stdout, stderr, cwd } = await runCli(
      [
        "run",
        `${url}?token=t0ken-in-the-query`,
        "--local",
        "-H",
        `X-Api-Key: ${key}`,
        "--report",
        formatNames.join(","),
      ],
      { env: { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary } },
    );
    await receiver.close();
    expect(code).toBe(1);
    const written = readdirSync(join(cwd, "reports"));
    expect(written.sort()).toEqual(["journal.jsonl", ...formatNames.map((name) => formats[name].file)].sort());
    expect(stdout).toContain("\n::error title=");
    const everything = [
      stdout,
      stderr,
      readFileSync(summary, "utf8"),
      ...written.map((name) => readFileSync(join(cwd, "reports", name), "utf8")),
    ].join("\n");
    expect(everything).toContain("[redacted]");
    for (const secret of [...spellings, "pa55word-of-userinfo", "t0ken-in-the-query"])
      expect(everything).not.toContain(secret);
  });
});

const acknowledging = (): Promise<ScriptedReceiver> =>
  createScriptedReceiver({ clock: systemClock, script: [{ kind: "answer", status: 200 }] });
