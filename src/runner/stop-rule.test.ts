import { expect, it, describe } from "vitest";
import { createCertificateAuthority } from "../tls/certificates.js";
import { acknowledgement } from "../../suites/acknowledgement.js";
import { authentication } from "../../suites/authentication.js";
import { payload } from "../../suites/payload.js";
import { retries } from "../../suites/retries.js";
import { createScriptedReceiver } from "../receivers/scripted-receiver.js";
import type { Step } from "../receivers/script.js";
import type { Report } from "../report/model.js";
import { closeAfterTest, outcomesOf, runSuites, startScripted, targetOf, timeOf } from "./run.test.kit.js";

const suites = [acknowledgement, payload, authentication, retries];
const idsOf = (report: Report, outcome: string): string[] =>
  Object.entries(outcomesOf(report)).flatMap(([id, came]) =>
    came.startsWith(outcome) ? [id.replace("acknowledgement/", "")] : [],
  );

/** Everything that builds on the baseline, or could not be judged from how it ended. */
function expectAllElseNotRun(report: Report): void {
  const others = report.checks.filter(({ outcome }) => outcome !== "failed" && outcome !== "passed");
  expect(others.filter(({ outcome, reasonCode }) => outcome !== "not-run" && reasonCode !== "not-observable")).toEqual(
    [],
  );
  expect(others.filter(({ reason }) => reason === null || reason === "")).toEqual([]);
  const every = suites.flatMap(({ checks }) => checks.map(({ id }) => id));
  expect(report.checks.map(({ id }) => id)).toEqual(every);
}

async function runAgainst(step: Step): Promise<Report> {
  const { target } = await startScripted(step);
  return runSuites(target, suites);
}

describe("a baseline that is not acknowledged is judged by the checks about acknowledgement, where it ended", () => {
  it("with a status: that it came in time and where it came from is judged too", async () => {
    const report = await runAgainst({ kind: "answer", status: 500 });
    expect(idsOf(report, "failed")).toEqual(["acknowledges-with-2xx"]);
    expect(idsOf(report, "passed")).toEqual([
      "acknowledges-within-20-seconds",
      "does-not-redirect",
      "answers-without-browser-state",
    ]);
    expectAllElseNotRun(report);
  });

  it("with a redirect", async () => {
    const report = await runAgainst({ kind: "redirect", status: 301, location: "/elsewhere" });
    expect(idsOf(report, "failed")).toEqual(["acknowledges-with-2xx", "does-not-redirect"]);
    expectAllElseNotRun(report);
  });

  it("with a timeout", async () => {
    const report = await runAgainst({ kind: "never" });
    expect(idsOf(report, "failed")).toEqual(["acknowledges-within-20-seconds"]);
    expect(idsOf(report, "passed")).toEqual([]);
    expectAllElseNotRun(report);
  });

  it("with a reset", async () => {
    const report = await runAgainst({ kind: "reset", at: "request" });
    expect(idsOf(report, "failed")).toEqual(["acknowledges-with-2xx"]);
    expect(idsOf(report, "passed")).toEqual([]);
    expectAllElseNotRun(report);
  });

  it("with something that is not HTTP", async () => {
    const report = await runAgainst({ kind: "raw", bytes: "SSH-2.0-OpenSSH_9.6\r\n" });
    expect(idsOf(report, "failed")).toEqual(["acknowledges-with-2xx"]);
    expectAllElseNotRun(report);
  });

  it("within TLS, with the likely cause as a hint", async () => {
    const authority = await createCertificateAuthority();
    const { key, cert } = await authority.issue({ hosts: ["other.example.com"] });
    const clock = timeOf();
    const receiver = await createScriptedReceiver({
      clock,
      script: [{ kind: "answer", status: 200 }],
      tls: { key, cert },
    });
    closeAfterTest(() => receiver.close());
    const report = await runSuites(
      targetOf(receiver.url, { clock, network: { ca: [authority.certificatePem] } }),
      suites,
    );
    expect(idsOf(report, "failed")).toEqual(["acknowledges-with-2xx"]);
    expect(report.checks[0]?.hint).toBe(
      "Likely cause: the certificate is for another name. Get a certificate that names this host.",
    );
    expectAllElseNotRun(report);
  });

  it("and the verdict is non-conformant, with exit code 1", async () => {
    const report = await runAgainst({ kind: "answer", status: 500 });
    expect([report.verdict, report.gate.outcome, report.gate.exitCode]).toEqual(["non-conformant", "failed", 1]);
  });
});

it("the baseline is the evidence of the checks that judge it, once", async () => {
  const report = await runAgainst({ kind: "answer", status: 500 });
  const [first] = report.checks;
  expect(first?.attempts).toHaveLength(1);
  expect(first?.mismatches).toMatchObject([
    { expected: "a 2XX", actual: "500 Internal Server Error", where: "callback 1" },
  ]);
});
