import { beforeAll, expect, test } from "vitest";
import { suites } from "../../suites/index.js";
import { runSuites, startReceiver, targetOf, timeOf } from "../runner/run.test.kit.js";
import { formatNames, formats } from "./formats.js";
import { githubAnnotations } from "./github-annotations.js";
import type { Report } from "./model.js";
import { redacted } from "./redact.js";
import { renderTerminal } from "./terminal.js";

const secrets = {
  header: 'h3ader/"<Secret>|`+%20',
  token: "t0ken-0f-a-bearer",
  user: "us3r-name",
  password: "p4ss:w0rd",
  query: "q5ecret va1ue",
  cookie: "c00kie-crumbs",
};

const spellings = (text: string): string[] => [
  text,
  encodeURIComponent(text),
  JSON.stringify(text).slice(1, -1),
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
  Buffer.from(text).toString("base64").replace(/=+$/, ""),
];
/** Parts too, for a format that takes words apart. */
const traces = (text: string): string[] => [
  ...spellings(text),
  ...text.split(/[^\w-]+/).filter((part) => part.length >= 5),
];

const printed = new Map<string, string>();
let report: Report;

/** Sends back whatever it was sent, wherever an answer has room, and fails half the time so that it is all evidence. */
beforeAll(async () => {
  const receiver = await startReceiver(({ number, headers, body, path }) => {
    const [, encoded = ""] = (headers.authorization ?? "").split(" ");
    const said = [
      JSON.stringify(headers),
      body,
      path,
      decodeURIComponent(path),
      Buffer.from(encoded, "base64").toString(),
      ...Object.values(secrets).flatMap(spellings),
    ].join("\n");
    return {
      status: number % 2 === 0 ? 500 : 200,
      headers: {
        "X-Echo": encodeURIComponent(said).slice(0, 4_000),
        "Set-Cookie": `sid=${encodeURIComponent(secrets.header)}; Path=/; Comment=${secrets.cookie}`,
        Location: `/login?back=${encodeURIComponent(path)}&user=${encodeURIComponent(secrets.user)}`,
      },
      body: said,
    };
  });
  const origin = receiver.url.replace("//", `//${secrets.user}:${encodeURIComponent(secrets.password)}@`);
  const target = targetOf(`${origin}?api_key=${encodeURIComponent(secrets.query)}&token=x&page=1`, {
    clock: timeOf(),
    headers: [
      ["X-Api-Key", secrets.header],
      ["X-Bearer", `Bearer ${secrets.token}`],
      ["Cookie", `crumbs=${secrets.cookie}; theme=dark`],
    ],
  });
  const selected = new Set(["acknowledgement", "payload", "authentication", "retries"]);
  const chosen = suites.filter(({ id }) => selected.has(id));
  report = await runSuites(target, chosen);
  for (const name of formatNames) printed.set(name, (await formats[name].load())(report));
  printed.set("terminal", renderTerminal(report, { color: true }));
  printed.set("annotations", githubAnnotations(report).join("\n"));
});

test("the run has evidence of a receiver that talks too much", () => {
  const bodies = report.checks.flatMap(({ attempts }) => attempts.map(({ response }) => response?.body ?? ""));
  expect(bodies.some((body) => body.includes(redacted))).toBe(true);
  expect(report.checks.filter(({ outcome }) => outcome === "failed").length).toBeGreaterThan(3);
});

test.each([...formatNames, "terminal", "annotations"])("%s holds no secret, in no spelling", (name) => {
  const text = printed.get(name) ?? "";
  expect(text.length).toBeGreaterThan(50);
  for (const spelling of Object.values(secrets).flatMap(traces)) {
    const index = text.indexOf(spelling);
    expect(index < 0 ? "" : text.slice(Math.max(0, index - 80), index + 80), spelling).toBe("");
  }
});

test("the archive shows the place of each secret, and none of them", () => {
  const { log } = JSON.parse(printed.get("har") ?? "") as {
    log: { entries: { request: { url: string; queryString: unknown; cookies: unknown } }[] };
  };
  const { url, queryString, cookies } =
    log.entries.find(({ request }) => request.url.endsWith("&page=1"))?.request ?? {};
  expect(url).toMatch(/^http:\/\/\[redacted\]@127\.0\.0\.1:\d+\/hooks\/scriptix\?api_key=\[redacted\]&token=/);
  expect(queryString).toContainEqual({ name: "api_key", value: redacted });
  expect(queryString).toContainEqual({ name: "token", value: redacted });
  expect(cookies).toEqual([{ name: redacted, value: "" }]);
});
