import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../report/model.js";
import { runCli, temporaryDirectory } from "../cli.test.kit.js";

const secret = "s3cret-0f-b0th-sides-4711";

/** Checks signatures, and tells whoever it refuses what it had expected to be signed with. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const right = `sha256=${createHmac("sha256", secret).update(Buffer.concat(chunks)).digest("hex")}`;
    const isRight = request.headers["x-scriptix-signature"] === right;
    const { event = "" } = isRight ? (JSON.parse(Buffer.concat(chunks).toString()) as { event?: string }) : {};
    response.statusCode = !isRight ? 500 : event === "transcription.failed" ? 422 : 200;
    response.end(`with ${secret} or ${secret.slice(0, -1)} or ${secret.slice(1)}`);
  });
}).listen(0, "127.0.0.1");

describe("a run against a receiver of signed events", () => {
  let url = "";
  beforeAll(async () => {
    if (!server.listening) await once(server, "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  });
  afterAll(() => server.close());
  const asked = ["--local", "--contract", "signed", "--suite", "signature", "--secret", "${HOOK_SECRET}"];
  const env = { HOOK_SECRET: secret };

  it("keeps the secret and what is almost it out of every output, and says how to see a failure again", async () => {
    const formats = ["--report", "json,junit,html,markdown,ctrf,har"];
    const { code, stdout, stderr, cwd } = await runCli(["run", url, ...asked, ...formats], { env });
    expect(code).toBe(0);
    const directory = join(cwd, "reports");
    const files = readdirSync(directory).map((file) => readFileSync(join(directory, file), "utf8"));
    expect(files.length).toBeGreaterThanOrEqual(7);
    for (const text of [stdout, stderr, ...files]) {
      for (const part of [secret, secret.slice(0, -1), secret.slice(1)]) expect(text.includes(part)).toBe(false);
    }
    const report = JSON.parse(readFileSync(join(directory, "report.json"), "utf8")) as Report;
    const failed = report.checks.filter(({ outcome }) => outcome === "failed");
    expect(failed.map(({ id }) => id)).toEqual([
      "signature/refuses-a-missing-signature",
      "signature/refuses-a-wrong-signature",
      "signature/refuses-a-changed-body",
      "signature/refuses-near-miss-signatures",
      "signature/acknowledges-failed-transcriptions",
    ]);
    // A signature is good for one body alone, and a line of curl's would make another.
    for (const { reproduce } of failed) {
      expect(reproduce).toContain("--contract 'signed'");
      expect(reproduce).toContain("--secret '${WEBHOOK_SECRET}'");
    }
    expect(report.contract?.decisions.map(({ id }) => id)).toContain("signed-delivery");
  });

  it("requires nothing that no page says", async () => {
    const { stdout } = await runCli(["list", "--contract", "signed", "--json"]);
    const suites = JSON.parse(stdout) as readonly { checks: readonly { id: string; level: string }[] }[];
    const required = suites.flatMap(({ checks }) => checks.filter(({ level }) => level === "required"));
    expect(required.map(({ id }) => id)).toContain("signature/accepts-a-signed-event");
    expect(required.map(({ id }) => id).filter((id) => /^retries\/|within-20-seconds/.test(id))).toEqual([]);
  });

  it("sends nothing without the secret, and wants none where nothing is signed", async () => {
    const without = await runCli(["run", url, "--local", "--contract", "signed"]);
    expect(without.stderr).toContain("--contract signed: expected --secret");
    const needless = await runCli(["run", url, "--local", "--secret", "x"]);
    expect(needless.stderr).toContain("--secret: expected none with --contract batch");
    expect([without.code, needless.code]).toEqual([2, 2]);
  });
});

it("sends a captured event again, signed with the secret that is given now", async () => {
  const cwd = temporaryDirectory();
  const data = JSON.stringify({
    event: "transcription.completed",
    timestamp: "2025-01-17T10:30:00Z",
    data: { id: "stt_1" },
  });
  const headers = [
    ["Content-Type", "application/json"],
    ["X-Scriptix-Signature", "sha256=00"],
  ];
  const request = {
    method: "POST",
    target: "/hook",
    httpVersion: "1.1",
    headers,
    body: { encoding: "text", data, cut: false },
  };
  const removed = { headers: [], query: [], body: false };
  const capture = { schemaVersion: "1.0", capturedAt: "2025-01-17T10:30:01.000Z", request, removed };
  writeFileSync(join(cwd, "event.json"), JSON.stringify(capture));
  const asked = ["--embedded", "--contract", "signed", "--suite", "signature", "--callback", "event.json"];
  const { code, stderr } = await runCli(["run", ...asked, "--quiet"], { cwd });
  expect([code, stderr]).toEqual([0, ""]);
});
