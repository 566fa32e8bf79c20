import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printed, runCli, startCli, type Ended } from "./cli.test.kit.js";

/** Colours, titles and clears of a terminal, C1, what turns the reading direction, separators, and commands to CI jobs. */
const orders = [
  "\u001b[31mred\u001b]0;title\u0007",
  "\u009b31mc1\u0085next",
  "\u202egnp.exe\u2066\u200fx\u2069",
  "\u2028line\u2029paragraph",
  "::set-env name=A::b",
  "##[error]said",
  "##vso[task.complete result=Succeeded;]done",
  "##teamcity[message text='x']",
];

const obeyed = /(?![\t\n])[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
/** What may stand in a line of HTTP: no control character of ASCII, those of C1 as they are. */
const inOneLine = (order: string): string => order.replaceAll(/(?![\u0080-\u009f])\p{Cc}/gu, "");
/** As the runners look for them: some at the start of a line, others anywhere. */
const commanding = /^[^\S\n]*::[a-z]|##(?:vso|teamcity)?\[/im;

/** Whether a request has come with all of its body, as far as its head says how long that is. */
function isWhole(came: string): boolean {
  const [head = "", body] = came.split(/\r\n\r\n(.*)/s);
  const [, length] = /^content-length: *(\d+)/im.exec(head) ?? [];
  return (
    body !== undefined &&
    (length === undefined ? !/^transfer-/im.test(head) || body.endsWith("0\r\n\r\n") : body.length >= Number(length))
  );
}

let server: Server;
let base: string;
beforeAll(async () => {
  let count = 0;
  server = createServer((socket) => {
    let came = "";
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      came += chunk.toString("latin1");
      if (!isWhole(came)) return;
      count += 1;
      const order = orders[count % orders.length] ?? "";
      const body = count % 2 === 0 ? JSON.stringify({ error: order, [order]: order }) : `${orders.join("\n")}\n`;
      const status = count % 3 === 0 ? 500 : count % 7 === 0 ? 302 : 200;
      const bytes = Buffer.from(body);
      const line = inOneLine(order);
      socket.write(
        `HTTP/1.1 ${status} ${line}\r\nX-Said: ${line}\r\nContent-Type: text/html; ${line}\r\nLocation: /${line}\r\nContent-Length: ${bytes.length}\r\nConnection: close\r\n\r\n`,
      );
      socket.end(bytes);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

/** What each output of a command would have whoever shows it obey. */
function ordersIn({ stdout, stderr, cwd }: Ended): readonly (readonly [where: string, what: string])[] {
  const files = readdirSync(cwd, { recursive: true, encoding: "utf8" }).filter((file) =>
    statSync(join(cwd, file)).isFile(),
  );
  const texts = [
    ["stdout", stdout],
    ["stderr", stderr],
    ...files.map((file) => [file, readFileSync(join(cwd, file), "utf8")] as const),
  ] as const;
  return texts.flatMap(([where, text]) => {
    const at = text.search(obeyed);
    const commands = where.startsWith("std") ? text.search(commanding) : -1;
    return [at, commands]
      .filter((each) => each >= 0)
      .map((each) => [where, JSON.stringify(text.slice(Math.max(0, each - 60), each + 40))] as const);
  });
}

const some = [
  "--local",
  "--check",
  "acknowledgement/{acknowledges-with-2xx,does-not-redirect,answers-in-well-formed-http,completes-its-response,acknowledges-quickly}",
  "--check",
  "bad-input/hides*",
];
const formats = "json,junit,html,markdown,har,ctrf,badge";

describe("nothing that a receiver says is obeyed by whoever shows the output of", () => {
  it.concurrent.each<[string, (url: string) => string[]]>([
    ["run", (url) => ["run", url, ...some, "--report", formats]],
    ["run --json", (url) => ["run", url, ...some, "--json"]],
    ["run --quiet", (url) => ["run", url, ...some, "--quiet"]],
    ["run in a job of GitHub's", (url) => ["run", url, ...some, "--github", "on"]],
    ["doctor", (url) => ["doctor", url, "--local"]],
    ["doctor --json", (url) => ["doctor", url, "--local", "--json"]],
    ["send", (url) => ["send", url, "--skip-waits"]],
    ["send --json", (url) => ["send", url, "--skip-waits", "--json"]],
    ["repro", (url) => ["repro", "503,pass,pass", "--url", url]],
    [
      "repro with reports",
      (url) => ["repro", "503,pass,pass", "--url", url, "--report", "html,markdown,json", "--out", "reports"],
    ],
    ["repro --json", (url) => ["repro", "503,pass,pass", "--url", url, "--json"]],
    [
      "repro of a process",
      (url) => [
        "repro",
        "pass",
        "--url",
        url,
        "--exec",
        `printf '\\033[31mx\\302\\233y\\342\\200\\256z\\n::error::x\\n##[x]\\n'; sleep 1`,
      ],
    ],
    [
      "run with a command that complains",
      (url) => ["run", url, ...some, "--probe-command", `printf '\\033[31mx\\302\\233y\\342\\200\\256z\\n' >&2; false`],
    ],
    [
      "run with a session command",
      (url) => [
        "run",
        url,
        ...some,
        "--session-command",
        `printf '::error::x\\n\\033[31mx\\302\\233y\\342\\200\\256z\\n' >&2; false`,
      ],
    ],
  ])(
    "%s",
    async (_, args) => {
      const ended = await runCli(args(base));
      expect([0, 1, 2, 3], ended.stderr).toContain(ended.code);
      expect(ordersIn(ended)).toEqual([]);
    },
    240_000,
  );

  it("report, made of a report that somebody has written", async () => {
    const ran = await runCli(["run", base, ...some]);
    const file = join(ran.cwd, "reports/report.json");
    const own = readFileSync(file, "utf8").replaceAll(
      /"(says|actual|hint|statusText|verdictLine)": "/g,
      (whole) => `${whole}${orders.join(" ").replaceAll("\u001b", "\\u001b").replaceAll("\u0007", "\\u0007")}`,
    );
    const { cwd } = await runCli(["list"]);
    writeFileSync(file, own);
    const converted = await runCli(["report", "convert", file, "--out", "out", "--report", formats], { cwd });
    expect(converted.code).toBe(0);
    expect(ordersIn(converted)).toEqual([]);
    const compared = await runCli(["report", "diff", file, file], { cwd });
    expect(ordersIn(compared)).toEqual([]);
    const merged = await runCli(["report", "merge", file, "--out", "merged"], { cwd });
    expect(ordersIn(merged)).toEqual([]);
  }, 240_000);

  it.each([
    ["receiver", []],
    ["receiver", ["--script", "200"]],
    ["receiver", ["--faulty", "catch-all"]],
    ["receiver", ["--capture", "captures"]],
    ["api", ["--local"]],
  ])("%s %j, of whoever sends to it", async (command, options) => {
    const { child, ended } = startCli([command, ...options]);
    const [, url = ""] = await printed(child.stdout, /: (http:\/\/127\.0\.0\.1:\d+\S*)/);
    for (const order of orders) {
      const line = Buffer.from(inOneLine(order)).toString("latin1");
      for (const path of ["", `/${encodeURIComponent(order)}`]) {
        await fetch(`${url}${path}`, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-Scriptix-Session": line, Authorization: line },
          body: JSON.stringify({
            sessionId: order,
            zoom_id: order,
            [order]: order,
            language: order,
            webhook_url: `http://127.0.0.1:9/${order}`,
          }),
        });
      }
    }
    await new Promise((later) => setTimeout(later, 300));
    child.kill("SIGTERM");
    expect(ordersIn(await ended)).toEqual([]);
  });
});
