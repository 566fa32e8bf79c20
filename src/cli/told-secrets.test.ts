import { expect, it } from "vitest";
import { runOptions } from "./run/run-options.js";
import { secretsTold } from "./told-secrets.js";

const valuesOf = (values: Readonly<Record<string, unknown>>, environment: Readonly<Record<string, string>>) =>
  secretsTold(runOptions, values, environment).map(({ value }) => value);

it("takes the value of a variable for a secret by its name, where an option holds it or a program may print it", () => {
  const environment = { DB_PWD: "s3cret-of-the-db", LANG: "en_GB.UTF-8" };
  expect(valuesOf({ out: "reports/s3cret-of-the-db" }, environment)).toEqual(["s3cret-of-the-db"]);
  expect(valuesOf({ "probe-command": "count {sessionId}" }, environment)).toEqual(["s3cret-of-the-db"]);
  expect(valuesOf({ out: "reports" }, environment)).toEqual([]);
});

it("takes the directory that it was started in for none", () => {
  const environment = { PWD: "/home/ci/project", OLDPWD: "/home/ci" };
  expect(valuesOf({ out: "/home/ci/project/reports", "probe-command": "count {sessionId}" }, environment)).toEqual([]);
});

it("takes the fragment of a URL for no part of a secret in its query", () => {
  const url = "https://effects.example/count?token=s3cret-of-the-probe#count";
  expect(valuesOf({ "probe-url": url }, {})).toContain("s3cret-of-the-probe");
  expect(valuesOf({ "probe-command": `curl '${url}'` }, {})).toContain("s3cret-of-the-probe");
});
