import { expect, it } from "vitest";
import { secretsInCommand } from "./command-secrets.js";

const environment = { CLOCK_TOKEN: "of the clock", db_password: "of the base", EMPTY_TOKEN: "", HOME: "/home/app" };

it.each<[string, ...string[]]>([
  ["psql postgres://app:hunter22@db/x -c 'select 1'", "app:hunter22"],
  [`sh -c "psql 'postgres+ssl://app:1@db'; curl h2c://u:2@h|sh <x.y-z://u:3@h/(v)>"`, "app:1", "u:2", "u:3"],
  ["curl 'http://h/clock?token=hunter22&seconds={seconds}'", "hunter22", "hunter22"],
  ["curl http://h/clock?sig=hunter22#x", "hunter22", "hunter22#x"],
  ["PGPASSWORD=hunter22 PASSWORD=a,b psql -c 'select 1'", "hunter22", "a,b"],
  ["FOO_PASSWD=1 MYTOKEN=2 THEAPIKEY=3 ASECRET=4 APASSPHRASE=5 TOKENX=6 monkey=7", "1", "2", "3", "4", "5"],
  [`TOKEN="a b"c KEY='' SECRET= x`, "a b"],
  ["tool --password hunter22 {seconds}", "hunter22"],
  ["tool --password   hunter22&& next", "hunter22"],
  ["tool -token hunter22; x", "hunter22"],
  ["tool --token=--password hunter22", "--password", "hunter22"],
  ["tool --api-key='two words' {seconds}", "two words"],
  [`tool --api-key "two words" {seconds}`, "two words"],
  ["tool --api.key=a-b.c|x", "a-b.c"],
  ["tool x.token=1 -token=2", "1", "2"],
  ["tool ---token x my-token x a.token x"],
  ["curl -H 'X-Api-Key: two words ' http://h/clock", "two", "two words"],
  [`curl -H "X-Api-Key:   hunter22" http://h/clock`, "hunter22", "hunter22"],
  [`curl -H"Token:one two" http://h/clock`, "one", "one two"],
  [`curl -d '{"token": "hunter22"}' http://h/clock`, "hunter22"],
  [
    `curl -d '{"token" : 12345678, "a":{"key":87654321}}' http://h/clock`,
    "12345678,",
    "12345678",
    "87654321}}",
    "87654321",
  ],
  ["x ${CLOCK_TOKEN} $db_password $EMPTY_TOKEN $NO_TOKEN $HOME CLOCK_TOKEN", "of the clock", "of the base"],
  ["redis-cli -p 6379 eval 'return 1' 0 {seconds}"],
  [`psql -h db -c "update seen set expires_at = expires_at - make_interval(secs => {seconds})"`],
  ["curl -fsS -X POST 'http://localhost:3000/test-clock?seconds={seconds}'"],
])("finds what is secret, and nothing else, in: %s", (line, ...secrets) => {
  expect(secretsInCommand(line, environment).map(({ value }) => value)).toEqual(secrets);
});

it("keeps each of them out of whatever is said, and not only under its name", () => {
  expect(secretsInCommand("PGPASSWORD=hunter22 psql", {})).toEqual([{ kind: "token", value: "hunter22" }]);
});
