import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createCertificateAuthority } from "../../tls/certificates.js";
import { systemClock } from "../../clock/system-clock.js";
import type { Step } from "../../receivers/script.js";
import { createScriptedReceiver, type ScriptedReceiver } from "../../receivers/scripted-receiver.js";
import { runCli, temporaryDirectory } from "../cli.test.kit.js";

const started: ScriptedReceiver[] = [];
afterAll(() => Promise.all(started.map((receiver) => receiver.close())));

async function receiverThat(
  step: Step,
  options: { tls?: { key: string; cert: string } } = {},
): Promise<ScriptedReceiver> {
  const receiver = await createScriptedReceiver({ clock: systemClock, script: [step], ...options });
  started.push(receiver);
  return receiver;
}

const ok: Step = { kind: "answer", status: 200 };

/** State by stage, from the lines that begin with one. */
function statesIn(text: string): Record<string, string> {
  const lines = text.matchAll(
    /^(ok|BLOCKED|doubtful|unknown|-) +(The URL|DNS|Addresses|Connection|TLS|Redirect|Answer)\b/gm,
  );
  return Object.fromEntries([...lines].map(([, state = "", stage = ""]) => [stage, state]));
}

describe("doctor", () => {
  test("finds nothing in the way of a good receiver on this machine", async () => {
    const { url } = await receiverThat(ok);
    const { stdout, code } = await runCli(["doctor", url, "--local"]);
    expect(statesIn(stdout)).toMatchObject({ Redirect: "ok", Answer: "ok" });
    expect(stdout).toContain("Nothing stands between the service and this endpoint.");
    expect(code).toBe(0);
  });

  test("names a port at which nobody listens, before what follows from it", async () => {
    const receiver = await receiverThat(ok);
    await receiver.close();
    started.pop();
    const { stdout, code } = await runCli(["doctor", receiver.url, "--local"]);
    expect(statesIn(stdout)).toMatchObject({ Connection: "BLOCKED", Redirect: "unknown", Answer: "unknown" });
    expect(stdout).toContain("ECONNREFUSED");
    expect(stdout).toContain("The first thing in the way: Connection.");
    expect(code).toBe(1);
  });

  test("names a redirect, and where it leads", async () => {
    const { url } = await receiverThat({ kind: "redirect", status: 302, location: "/login" });
    const { stdout, code } = await runCli(["doctor", url, "--local"]);
    expect(statesIn(stdout)["Redirect"]).toBe("BLOCKED");
    expect(stdout).toContain("/login");
    expect(stdout).toContain("The first thing in the way: Redirect.");
    expect(code).toBe(1);
  });

  test("does not take a login page for an answer", async () => {
    const body = '<form action="/login"><input type="password" name="p"></form>';
    const headers = [["Content-Type", "text/html"]] as const;
    const { url } = await receiverThat({ kind: "answer", status: 200, headers, body });
    const { stdout, code } = await runCli(["doctor", url, "--local"]);
    expect(statesIn(stdout)["Answer"]).toBe("BLOCKED");
    expect(stdout).toContain("login page");
    expect(code).toBe(1);
  });

  test("names an answer that is none", async () => {
    const { url } = await receiverThat({ kind: "answer", status: 500 });
    const { stdout, code } = await runCli(["doctor", url, "--local"]);
    expect(statesIn(stdout)).toMatchObject({ Redirect: "ok", Answer: "BLOCKED" });
    expect(stdout).toContain("500");
    expect(code).toBe(1);
  });

  test("reads a certificate at a public name, and says which one is there", async () => {
    const authority = await createCertificateAuthority();
    const { key, cert } = await authority.issue({ hosts: ["hooks.scriptix.example.com"] });
    const { port } = await receiverThat(ok, { tls: { key, cert } });
    const ca = join(temporaryDirectory(), "ca.pem");
    writeFileSync(ca, authority.certificatePem);
    const url = `https://other.example.com/webhook`;
    const reach = ["--connect-to", `other.example.com:443:127.0.0.1:${port}`];
    const { stdout, code } = await runCli(["doctor", url, ...reach, "--ca", ca, "--local"]);
    expect(statesIn(stdout)["TLS"]).toBe("BLOCKED");
    expect(stdout).toContain("hooks.scriptix.example.com");
    expect(code).toBe(1);
  });

  test("says at once what is wrong with a URL, and sends nothing", async () => {
    const { url, journal } = await receiverThat(ok);
    const local = await runCli(["doctor", url]);
    expect(statesIn(local.stdout)["The URL"]).toBe("BLOCKED");
    const { stderr, code } = await runCli(["doctor", "localhost/hook"]);
    expect(stderr).toContain("expected an absolute https:// or http:// URL");
    expect(code).toBe(2);
    expect(journal.arrivals.length).toBeLessThan(3);
  });

  test("prints its findings as JSON", async () => {
    const { url } = await receiverThat({ kind: "answer", status: 404 });
    const { stdout } = await runCli(["doctor", url, "--local", "--json", "-H", "X-Api-Key: very-secret-key"]);
    const { stages } = JSON.parse(stdout) as { stages: { stage: string; state: string; fix: string | null }[] };
    expect(stages.map(({ stage }) => stage)).toEqual([
      "url",
      "dns",
      "addresses",
      "connection",
      "tls",
      "redirect",
      "answer",
    ]);
    expect(stages.at(-1)).toMatchObject({ state: "blocked" });
    expect(stdout).not.toContain("very-secret-key");
  });
});
