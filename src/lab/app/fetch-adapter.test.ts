import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fetchAdapter } from "./fetch-adapter.js";

let project: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "webhook-conformance-"));
});
afterEach(() => rm(project, { recursive: true, force: true }));

test("a project without it has it all the same", async () => {
  const { getRequestListener } = await fetchAdapter([join(project, "app.mjs")]);
  expect(getRequestListener(() => new Response())).toBeTypeOf("function");
});

test("the one of the app's own project goes before any other", async () => {
  const folder = join(project, "node_modules/@hono/node-server");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "index.js"), "exports.getRequestListener = () => 'own';");
  const { getRequestListener } = await fetchAdapter([join(project, "app.mjs"), import.meta.url]);
  expect(getRequestListener(() => new Response())).toBe("own");
});
