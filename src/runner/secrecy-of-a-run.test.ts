import { describe, expect, it } from "vitest";
import { suites } from "../../suites/index.js";
import type { Told } from "./plan.js";
import {
  checkIn,
  checkOf,
  runChecks,
  runSuites,
  startReceiver,
  targetOf,
  type Arrived,
  type Given,
} from "./run.test.kit.js";

const token = "t0ken-That-nobody-may-see-0123456789";

/** Answers every callback, and says in its answer all that it was sent. */
const echo = ({ rawHeaders, path, body, headers }: Arrived): Given => ({
  status: headers.authorization === undefined && headers["x-api-key"] === undefined ? 401 : 500,
  headers: { "X-Echo": encodeURIComponent(rawHeaders.join(" ")), "X-Path": path },
  body: `${rawHeaders.join("\n")}\n${path}\n${body}\n${Buffer.from(rawHeaders.join(" ")).toString("base64")}`,
});

/** All that a run says, in events and in its report. */
async function saidBy(options: Partial<Told>, query = "", userinfo = ""): Promise<string> {
  // The first callback is acknowledged, so that every check is run and fails.
  const receiver = await startReceiver((callback) => ({
    ...echo(callback),
    ...(callback.number === 1 && { status: 200 }),
  }));
  const url = `${receiver.url.replace("//", `//${userinfo}`)}${query}`;
  const said: unknown[] = [];
  const report = await runSuites(targetOf(url, options), suites, { on: (event) => said.push(event) });
  return JSON.stringify([said, report]);
}

/** What of a secret was said, whole or in part, in any spelling that one would recognise. */
function spellingsIn(said: string, secret: string): string[] {
  const parts = [secret, secret.slice(1), secret.slice(0, -1)];
  const spellings = parts.flatMap((part) => [
    part,
    encodeURIComponent(part),
    ...[0, 1, 2].map((offset) =>
      Buffer.from("x".repeat(offset) + part)
        .toString("base64")
        .slice(offset === 0 ? 0 : 4, -4),
    ),
  ]);
  // So that an empty report does not count as a discreet one.
  return said.length < 10_000 ? [said] : spellings.filter((spelling) => said.includes(spelling));
}

describe("a run says nowhere", () => {
  it("a header's value that the receiver echoes", async () => {
    const said = await saidBy({ headers: [["X-Api-Key", token]] });
    expect(spellingsIn(said, token)).toEqual([]);
    expect(said).toContain("[redacted]");
  });

  it("a Bearer token", async () => {
    expect(spellingsIn(await saidBy({ headers: [["Authorization", `Bearer ${token}`]] }), token)).toEqual([]);
  });

  it("near misses of it, in other letter case", async () => {
    const swapped = token.replaceAll(/[a-z]/gi, (letter) =>
      letter < "a" ? letter.toLowerCase() : letter.toUpperCase(),
    );
    expect(spellingsIn(await saidBy({ headers: [["X-Api-Key", token]] }), swapped)).toEqual([]);
  });

  it("a Basic password", async () => {
    const value = `Basic ${Buffer.from(`scriptix:${token}`).toString("base64")}`;
    expect(spellingsIn(await saidBy({ headers: [["Authorization", value]] }), token)).toEqual([]);
  });

  it("a header that is a credential, though others are not, whose values are no secrets", async () => {
    const headers = [
      ["X-Api-Key", token],
      ["X-Tenant", "staging-7"],
    ] as const;
    const said = await saidBy({ headers, credentialHeaders: ["X-Api-Key"] });
    expect(spellingsIn(said, token)).toEqual([]);
    expect(spellingsIn(said, "staging-7")).not.toEqual([]);
    expect(spellingsIn(await saidBy({ headers, credentialHeaders: ["none"] }), token)).not.toEqual([]);
  });

  it("a parameter of the query that is declared, whatever it is called, and near misses of it", async () => {
    const said = await saidBy({ credentialQuery: ["tenant"] }, `?tenant=${token}&a=1`);
    for (const miss of [token, token.slice(1), token.slice(0, -1)]) expect(spellingsIn(said, miss)).toEqual([]);
  });

  it("a value that is not ASCII", async () => {
    expect(spellingsIn(await saidBy({ headers: [["X-Api-Key", `${token}-é€`]] }), `${token}-é€`)).toEqual([]);
  });

  it("userinfo", async () => {
    expect(spellingsIn(await saidBy({}, "", `scriptix:${token}@`), token)).toEqual([]);
  });

  it.each(["token", "api_key", "key", "sig", "code", "access-token", "authToken", "clientSecret", "X-Amz-Signature"])(
    "the query parameter %s",
    async (name) => {
      expect(spellingsIn(await saidBy({}, `?${name}=${token}&tenant=7`), token)).toEqual([]);
    },
  );

  it("what an exception of ours holds of it", async () => {
    const receiver = await startReceiver();
    const check = checkOf("a/one", { run: () => Promise.reject(new Error(`cannot send ${token}`)) });
    const report = await runChecks(targetOf(receiver.url, { headers: [["X-Api-Key", token]] }), [check]);
    expect(checkIn(report, "a/one").reason).toBe("a fault of the harness, not of the receiver: cannot send [redacted]");
  });
});
