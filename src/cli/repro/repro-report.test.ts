import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { runCli, temporaryDirectory } from "../cli.test.kit.js";

const schema = JSON.parse(
  readFileSync(new URL("../../../reports/repro.schema.json", import.meta.url), "utf8"),
) as object;
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

const forgetful = `const seen = new Map(), counts = new Map();
  export const processed = (id) => counts.get(id) ?? 0;
  export default (request, response) => {
    request.resume();
    const id = request.headers["x-scriptix-session"];
    console.log("<script>alert(1)</script> key", request.headers["x-api-key"]);
    if (Date.now() - (seen.get(id) ?? 0) > 600_000) { seen.set(id, Date.now()); counts.set(id, (counts.get(id) ?? 0) + 1); }
    response.end();
  };`;

function directoryWithApp(): string {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "app.mjs"), forgetful);
  return directory;
}

test("a scenario is told in files, the same in each, without secrets, and the page holds what the receiver said as text alone", async () => {
  const cwd = directoryWithApp();
  const args = ["repro", "cut,lost-ack*4,pass", "--app", "app.mjs", "-H", "X-Api-Key: s3cret-of-the-test", "--report"];
  const { code, stderr } = await runCli([...args, "html,markdown,json", "--out", "told"], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain("written: told/repro.html");
  const [html, markdown, json] = ["html", "md", "json"].map((end) =>
    readFileSync(join(cwd, `told/repro.${end}`), "utf8"),
  ) as [string, string, string];
  for (const text of [html, markdown, json]) {
    expect(text).toContain("expected processed once, got processed");
    expect(text).not.toContain("s3cret-of-the-test");
  }
  expect(html).not.toMatch(/<script/);
  expect(html).toContain("&lt;script>alert(1)");
  expect(html).toMatch(/aria-label="Attempt 1 at 00:00:00, cut: it gets there at 00:00:00; no answer \(reset\)\./);
  expect(validate(JSON.parse(json)), JSON.stringify(validate.errors)).toBe(true);
  const again = await runCli([...args, "html,markdown,json", "--out", "again"], { cwd });
  expect(again.code).toBe(1);
  expect(readFileSync(join(cwd, "again/repro.html"), "utf8")).toBe(html);
});

test("all scenarios are one report, and what --json prints of each is in it", async () => {
  const cwd = temporaryDirectory();
  const { stdout, code } = await runCli(["repro", "--json", "--report", "json,html"], { cwd });
  expect(code).toBe(0);
  const report = JSON.parse(readFileSync(join(cwd, "reports/repro.json"), "utf8")) as { scenarios: unknown };
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  expect(report.scenarios).toEqual(JSON.parse(stdout));
  expect(readFileSync(join(cwd, "reports/repro.html"), "utf8").match(/<article/g)?.length).toBeGreaterThan(10);
});

test("what went wrong stands first", async () => {
  const cwd = directoryWithApp();
  await runCli(["repro", "--app", "app.mjs", "--report", "html,markdown"], { cwd });
  const [html, markdown] = ["html", "md"].map((end) => readFileSync(join(cwd, `reports/repro.${end}`), "utf8"));
  const found = html?.match(/(?<=<article class="played )[a-z-]+/g) ?? [];
  expect(found[0]).toBe("not-as-expected");
  expect(found).toEqual(found.toSorted().reverse());
  expect(markdown?.match(/^## (Not as expected|As expected): /gm)?.map((line) => line.length)).toEqual(
    found.map((verdict) => `## ${verdict}: `.length),
  );
});

test("--open shows the page, in the browser that is named", async () => {
  const cwd = directoryWithApp();
  const browser = join(cwd, "browser");
  writeFileSync(
    browser,
    `#!/bin/sh\nprintf %s "$1" > '${join(cwd, "shown")}.next' && mv '${join(cwd, "shown")}.next' '${join(cwd, "shown")}'\n`,
  );
  chmodSync(browser, 0o755);
  await runCli(["repro", "503,pass", "--app", "app.mjs", "--open"], { cwd, env: { BROWSER: browser } });
  await expect.poll(() => existsSync(join(cwd, "shown")), { timeout: 10_000 }).toBe(true);
  expect(readFileSync(join(cwd, "shown"), "utf8")).toBe(join(cwd, "reports/repro.html"));
  expect(existsSync(join(cwd, "reports/repro.html"))).toBe(true);
  const none = await runCli(["repro", "pass", "--open"], { cwd, env: { BROWSER: "no-such-browser" } });
  expect(none.stderr).toContain("--open: found no no-such-browser to show it with; open ");
  expect(none.code).toBe(0);
});

test("a directory that cannot be written is found before anything is sent", async () => {
  const { stdout, stderr, code } = await runCli(["repro", "pass", "--report", "html", "--out", "/proc/none"]);
  expect(stderr).toContain("--out /proc/none: expected a path that can be written");
  expect(stdout).toBe("");
  expect(code).toBe(2);
});
