import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { licencesOf } from "./licences.js";

const folders: string[] = [];

afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));

/** @returns the path of a module of a package with that licence. */
async function moduleUnder(license: string | undefined, name = "some-package"): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "licences-"));
  folders.push(root);
  const folder = join(root, "node_modules", name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name, version: "1.2.3", license }));
  await writeFile(join(folder, "LICENSE.md"), "Keep this notice.\r\n");
  return join(folder, "lib", "index.js");
}

test("the notice of a package is told once, with its version and its text", async () => {
  const text = licencesOf([await moduleUnder("MIT", "second"), await moduleUnder("ISC", "@scope/first")]);
  expect(text).toMatch(/^@scope\/first 1\.2\.3 \(ISC\)\n\nKeep this notice\.\n\n-+\n\nsecond 1\.2\.3 \(MIT\)\n\nKeep/m);
});

test.each(["GPL-3.0-only", "UNLICENSED", undefined])("a package under %s is no part of a bundle", async (license) => {
  await expect((async () => licencesOf([await moduleUnder(license)]))()).rejects.toThrow(
    `some-package 1.2.3: expected a permissive licence`,
  );
});
