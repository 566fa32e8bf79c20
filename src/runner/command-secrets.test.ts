import { expect, it } from "vitest";
import { secretsInCommand } from "./command-secrets.js";

const valuesIn = (line: string, environment: Record<string, string> = {}): readonly string[] =>
  secretsInCommand(line, environment).map(({ value }) => value);

it.each([
  ["psql postgres://app:hunter22@db/x -c 'select 1'", "app:hunter22"],
  ["PGPASSWORD=hunter22 psql -c 'select 1'", "hunter22"],
  ["tool --password hunter22 {seconds}", "hunter22"],
  ["tool --api-key='two words' {seconds}", "two words"],
  [`curl -H 'X-Api-Key: hunter22' http://localhost/clock`, "hunter22"],
  [`curl -d '{"token": "hunter22"}' http://localhost/clock`, "hunter22"],
  ["curl 'http://localhost/clock?token=hunter22&seconds={seconds}'", "hunter22"],
])("finds what is secret in: %s", (line, secret) => {
  expect(valuesIn(line)).toContain(secret);
});

it("finds what a variable of the environment with a telling name holds", () => {
  const environment = { CLOCK_TOKEN: "hunter22", HOME: "/home/app" };
  expect(valuesIn('curl -H "Authorization: $CLOCK_TOKEN" "$HOME/x" ${CLOCK_TOKEN}', environment)).toContain("hunter22");
  expect(valuesIn("ls $HOME", environment)).toEqual([]);
});

it.each([
  "redis-cli -p 6379 eval 'return 1' 0 {seconds}",
  `psql -h db -c "update seen set expires_at = expires_at - make_interval(secs => {seconds})"`,
  "curl -fsS -X POST 'http://localhost:3000/test-clock?seconds={seconds}'",
])("leaves what is no secret: %s", (line) => {
  expect(valuesIn(line)).toEqual([]);
});
