import { describe, expect, it } from "vitest";
import { systemClock } from "../../clock/system-clock.js";
import { createScriptedReceiver } from "../../receivers/scripted-receiver.js";
import { idsOf, readReport, runCli } from "../cli.test.kit.js";

const acknowledging = () => createScriptedReceiver({ clock: systemClock, script: [{ kind: "answer", status: 200 }] });

describe("the suite load", () => {
  const burst = "load/acknowledges-concurrent-callbacks";
  const atPublicName = async (...filters: readonly string[]) => {
    const receiver = await acknowledging();
    const reached = ["run", "http://hooks.example.com/webhook", "--connect-to", `::127.0.0.1:${receiver.port}`];
    const ended = await runCli([...reached, ...filters]);
    await receiver.close();
    return { ...ended, report: readReport(ended), arrived: receiver.journal.arrivals.length };
  };

  it("is not sent to a receiver that is not local unless it is named", async () => {
    const { report, arrived, code } = await atPublicName("--check", "*/{acknowledges-with-2xx,acknowledges-con*}");
    const check = report.checks.find(({ id }) => id === burst);
    expect(check).toMatchObject({ outcome: "skipped", reasonCode: "not-selected" });
    expect(check?.reason).toContain("pass --suite load");
    expect(idsOf(report, "passed")).toContain("acknowledgement/acknowledges-with-2xx");
    expect(arrived).toBeLessThan(50);
    expect(code).toBe(0);
  });

  it.each([
    ["--suite", "load"],
    ["--check", "load/*"],
    ["--check", burst],
  ])("is sent where it is named by %s %s", async (...filter) => {
    const { report, arrived } = await atPublicName(...filter);
    expect(idsOf(report, "passed")).toContain(burst);
    expect(arrived).toBeGreaterThan(50);
  });

  it("sustains a rate that is asked for", async () => {
    const receiver = await acknowledging();
    const steady = ["--check", "load/sustains-a-rate", "--rate", "20", "--duration", "500ms"];
    const ended = await runCli(["run", receiver.url, "--local", ...steady]);
    await receiver.close();
    const check = readReport(ended).checks.find(({ id }) => id === "load/sustains-a-rate");
    expect([check?.outcome, check?.latencies?.count]).toEqual(["passed", 10]);
  });
});

it("--fuzz-cases bounds what fuzz sends", async () => {
  const receiver = await acknowledging();
  await runCli([
    "run",
    receiver.url,
    "--local",
    "--check",
    "fuzz/never-fails-on-arbitrary-headers",
    "--fuzz-cases",
    "7",
  ]);
  await receiver.close();
  // The first callback, and the control after what may have been too much.
  expect(receiver.journal.requests).toHaveLength(7 + 2);
});

describe("--dry-run", () => {
  const plan = async (...args: readonly string[]) => {
    const { stdout, code } = await runCli(["run", "https://hooks.example.com/webhook", "--dry-run", ...args]);
    expect(code).toBe(0);
    return stdout;
  };

  it("says how it would be seen what the receiver does, without starting anything", async () => {
    const options = ["--results-api", "4000", "--results-token", "t0ken-that-nobody-must-see", "--settle", "5s"];
    const planned = await plan(...options, "--probe-command", "exit 1");
    expect(planned).toContain("effects by the probe command, waited for at most 5 s");
    expect(planned).toContain("fetches by a results API on 127.0.0.1:4000, where the receiver gets results from ");
    expect(planned).toMatch(/^ {2}results +\d+ checks/m);
    expect(planned).not.toContain("t0ken");
  });

  it("counts no check that would be skipped, and says how many requests each other one sends", async () => {
    expect(await plan()).not.toMatch(/^ {2}(results|load|authentication) /m);
    const planned = await plan("--suite", "load,fuzz", "--rate", "5", "--fuzz-cases", "50");
    expect(planned).toMatch(/^ {2}load +3 checks/m);
    expect(planned).toMatch(/^ +50 {2}fuzz\/never-fails-on-arbitrary-json$/m);
    expect(planned).toMatch(/^ +50 {2}load\/sustains-a-rate$/m);
    expect(planned).toMatch(/^ +120 {2}load\/acknowledges-a-retry-storm$/m);
    expect(planned).toContain("and by what shrinks a fuzz case that fails");
  });
});
