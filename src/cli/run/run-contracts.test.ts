import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Matrix } from "../../report/matrix/matrix.js";
import type { Report } from "../../report/model.js";
import { runCli, temporaryDirectory } from "../cli.test.kit.js";

/** Takes batch and document callbacks at one URL, and remembers what it has seen by the session, as is right for batch. */
function dedupesBySession() {
  const counts = new Map<string, number>();
  const known = new Set<string>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    const asked = `${url.searchParams.get("session")}/${url.searchParams.get("document")}`;
    if (url.pathname === "/processed") return void response.end(String(counts.get(asked) ?? 0));
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const { sessionId, documentId = "" } = JSON.parse(text) as { sessionId: string; documentId?: string };
      const key = `${sessionId}/${documentId}`;
      if (!known.has(sessionId)) counts.set(key, (counts.get(key) ?? 0) + 1);
      known.add(sessionId);
      response.end("{}");
    });
  });
  return server.listen(0, "127.0.0.1");
}

describe("one receiver of several callbacks", () => {
  const server = dedupesBySession();
  const cwd = temporaryDirectory();
  const suites = ["acknowledgement", "document"];
  const quick = ["--check", "acknowledgement/acknowledges-with-2xx,document/*"];
  let origin = "";
  beforeAll(async () => {
    if (!server.listening) await once(server, "listening");
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const config = {
      url: `${origin}/hook`,
      local: true,
      contracts: ["batch", "document"],
      "probe-url": `${origin}/processed?session={sessionId}&document={documentId}`,
      suite: suites,
      skip: ["acknowledgement/confines-*"],
      report: ["json", "junit", "html", "markdown"],
    };
    writeFileSync(join(cwd, "config.json"), JSON.stringify(config));
    const alone = ["--contract", "signed", "--secret", "s3cret-of-mine", "--suite", "signature", "--out", "signed"];
    await runCli(["run", `${origin}/hook`, "--local", ...alone], { cwd });
  });
  afterAll(() => server.close());

  it("is run under each, with one report that shows them all", async () => {
    const { code, stdout } = await runCli(["run", "--config", "config.json", "--fail-on", "recommended"], { cwd });
    expect(code).toBe(1);
    const read = (file: string): string => readFileSync(join(cwd, "reports", file), "utf8");
    const report = JSON.parse(read("report.json")) as Report;
    expect(report.contract).toBeUndefined();
    expect(report.contracts?.map(({ id }) => id)).toEqual(["batch", "document"]);
    const failed = report.checks.filter(({ outcome }) => outcome === "failed");
    expect(failed.map(({ contract, id }) => `${contract} ${id}`)).toEqual([
      "document document/processes-every-document",
      "document document/processes-a-later-change",
    ]);
    const passed = report.checks.filter(
      ({ id, outcome }) => id.endsWith("acknowledges-with-2xx") && outcome === "passed",
    );
    expect(passed.map(({ contract }) => contract)).toEqual(["batch", "document"]);
    const schema = JSON.parse(readFileSync("reports/report.schema.json", "utf8")) as object;
    expect(new Ajv2020({ strict: false }).validate(schema, report)).toBe(true);

    const classes = new Set([...read("junit.xml").matchAll(/classname="([^"]+)"/g)].map(([, name]) => name));
    expect(classes).toEqual(new Set(["batch", "document"]));
    for (const text of [stdout, read("report.html"), read("report.md")]) {
      expect(text).toContain("document:document/processes-a-later-change");
      expect(text).toContain("batch is conformant");
    }
  });

  it("says under each what would be sent, as one JSON where that is wanted", async () => {
    const run = ["run", `${origin}/hook`, "--local", "--contracts", "batch,document", "--dry-run"];
    const { stdout } = await runCli([...run, "--json"], { cwd });
    const all = JSON.parse(stdout) as { request: unknown }[];
    expect(all.map(({ request }) => JSON.stringify(request).includes("documentId"))).toEqual([false, true]);
    expect((await runCli(run, { cwd })).stdout).toMatch(/^Scriptix batch webhook callback: /);
  });

  it("says of which contract the filters leave nothing", async () => {
    const filters = ["--contracts", "batch,document", "--suite", "document", "--out", "one"];
    const { stdout } = await runCli(["run", `${origin}/hook`, "--local", ...filters], { cwd });
    const { notes, contract } = JSON.parse(readFileSync(join(cwd, "one/report.json"), "utf8")) as Report;
    const note = "The filters leave nothing of batch: the receiver was not held to it.";
    expect(notes).toContain(note);
    expect(stdout).toContain(note);
    expect(contract?.id).toBe("document");
  });

  it("gives a report that is read again, and one of each contract is joined to the same", async () => {
    for (const contract of ["batch", "document"]) {
      const own = ["--contract", contract, "--suite", "acknowledgement", "--out", contract];
      await runCli(["run", `${origin}/hook`, "--local", ...own], { cwd });
    }
    await runCli(["report", "merge", "batch", "document", "--out", "merged"], { cwd });
    const merged = JSON.parse(readFileSync(join(cwd, "merged/report.json"), "utf8")) as Report;
    expect(merged.contracts?.map(({ id }) => id).toSorted()).toEqual(["batch", "document"]);
    const { code } = await runCli(["report", "convert", "merged/report.json", "--report", "junit", "--out", "again"], {
      cwd,
    });
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, "again/junit.xml"), "utf8")).toContain('classname="document"');
  });

  it("runs again what failed under each, and nothing under one where nothing did", async () => {
    const first = await runCli(
      ["run", "--config", "config.json", ...quick, "--fail-on", "recommended", "--out", "red"],
      { cwd },
    );
    const [, line = ""] = /^only that again: webhook-conformance (.*)$/m.exec(first.stderr) ?? [];
    expect(line).toContain("--only-failed");
    const again = ["run", "--config", "config.json", ...quick, "--only-failed", "red/report.json", "--out", "again"];
    const { code, stdout } = await runCli(again, { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain("Under batch nothing failed there");
    const report = JSON.parse(readFileSync(join(cwd, "again/report.json"), "utf8")) as Report;
    const ran = report.checks.filter(({ reasonCode }) => reasonCode !== "not-selected").map(({ id }) => id);
    expect(ran).toEqual(["document/processes-every-document", "document/processes-a-later-change"]);
    expect([report.contract?.id, report.gate.levels]).toEqual(["document", ["required", "recommended"]]);

    const green = [
      "--contracts",
      "batch,document",
      "--check",
      "acknowledgement/acknowledges-with-2xx",
      "--out",
      "green",
    ];
    await runCli(["run", `${origin}/hook`, "--local", ...green], { cwd });
    const nothing = await runCli(["run", "--config", "config.json", "--only-failed", "green/report.json"], { cwd });
    expect([nothing.code, nothing.stderr]).toEqual([0, expect.stringContaining("nothing failed in green/report.json")]);
  }, 60_000);

  it("writes known failures with their contract, and holds each against its own", async () => {
    const list = [...quick, "--known-failures", "known.json", "--fail-on", "recommended"];
    writeFileSync(join(cwd, "known.json"), '[{"check": "signature/*", "reason": "of another job"}]');
    const written = await runCli(["run", "--config", "config.json", ...list, "--update-known-failures"], { cwd });
    expect([written.code, written.stderr]).toEqual([0, expect.stringContaining("known.json: 3 known failures")]);
    const known = JSON.parse(readFileSync(join(cwd, "known.json"), "utf8")) as object[];
    expect(known).toEqual([
      { check: "signature/*", reason: "of another job" },
      expect.objectContaining({ check: "document/processes-every-document", contract: "document" }),
      expect.objectContaining({ check: "document/processes-a-later-change", contract: "document" }),
    ]);
    // The same check may fail under one contract, and pass under another.
    const passing = { check: "acknowledgement/acknowledges-with-2xx", reason: "ours" };
    const own = ["signed", "document"].map((contract) => ({ ...passing, contract }));
    writeFileSync(join(cwd, "known.json"), JSON.stringify([...known, ...own]));
    const { code, stdout } = await runCli(["run", "--config", "config.json", ...list], { cwd });
    expect([code, stdout.match(/is out of date/g)]).toEqual([1, ["is out of date"]]);
  }, 60_000);

  it("sends a captured callback under the contract that it is of", async () => {
    const ids = { sessionId: "s-1", documentId: "d-1" };
    const capture = {
      schemaVersion: "1.0",
      capturedAt: "2026-01-31T12:00:00Z",
      request: {
        method: "POST",
        target: "/hook",
        httpVersion: "1.1",
        headers: [
          ["Content-Type", "application/json"],
          ["X-Scriptix-Session", ids.sessionId],
          ["X-Scriptix-Document", ids.documentId],
        ],
        body: { encoding: "text", data: JSON.stringify({ ...ids, extra: "seen" }), cut: false },
      },
      removed: { headers: [], query: [], body: false },
    };
    writeFileSync(join(cwd, "capture.json"), JSON.stringify(capture));
    const run = ["run", "--config", "config.json", "--callback", "capture.json", "--dry-run", "--json"];
    const sent = JSON.parse((await runCli(run, { cwd })).stdout) as { request: { body: string } }[];
    expect(sent.map(({ request }) => Object.keys(JSON.parse(request.body) as object))).toEqual([
      ["sessionId", "zoom_id"],
      ["sessionId", "documentId", "extra"],
    ]);
  });

  it("is one of many receivers, each under contracts of its own", async () => {
    const probe = `${origin}/processed?session={sessionId}&document={documentId}`;
    const target = { url: `${origin}/hook`, local: true, "probe-url": probe };
    const targets = [
      { name: "both", ...target, contracts: ["batch", "document"] },
      { name: "one", ...target, contract: "batch", check: "acknowledgement/acknowledges-with-2xx" },
      { name: "as-asked", ...target },
    ];
    writeFileSync(join(cwd, "targets.json"), JSON.stringify(targets));
    const filters = [...quick, "--fail-on", "recommended", "--out", "many"];
    const all = ["run", "--targets", "targets.json", "--contracts", "document", ...filters];
    expect((await runCli(all, { cwd })).code).toBe(1);
    const matrix = JSON.parse(readFileSync(join(cwd, "many/matrix.json"), "utf8")) as Matrix;
    expect(matrix.targets.map(({ name, verdict, failed }) => [name, verdict, failed])).toEqual([
      [
        "both",
        "conformant",
        ["document:document/processes-every-document", "document:document/processes-a-later-change"],
      ],
      ["one", "conformant", undefined],
      [
        "as-asked",
        "conformant",
        ["document:document/processes-every-document", "document:document/processes-a-later-change"],
      ],
    ]);
    const both = JSON.parse(readFileSync(join(cwd, "many/both/report.json"), "utf8")) as Report;
    expect(both.contracts?.map(({ id }) => id)).toEqual(["batch", "document"]);
    const dry = await runCli([...all, "--dry-run"], { cwd });
    expect(dry.stdout).toContain("both, Scriptix document webhook callback: dry run");
  }, 60_000);

  it.each([
    [["--contract", "signed"], "--contracts: expected no --contract beside it"],
    [["--suite", "nosuch"], "--suite"],
    [["--only-failed", "signed/report.json"], "expected a report under --contract batch, got one under signed"],
  ])("is not run with %j", async (more, sentence) => {
    const { code, stderr } = await runCli(
      ["run", `${origin}/hook`, "--local", "--contracts", "batch,document", ...more],
      {
        cwd,
      },
    );
    expect(stderr).toContain(sentence);
    expect(code).toBe(2);
  });
});
