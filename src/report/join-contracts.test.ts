import { expect, test } from "vitest";
import { contractsIn } from "./contracts.js";
import { joinContracts } from "./join-contracts.js";
import type { Report, ReportContract } from "./model.js";
import { reportOf } from "./report.test.kit.js";
import { newChecksText } from "./standing.js";

function under(id: string, added: { readonly checks: number; readonly failed: number }): Report {
  const report = reportOf({ "a/one": "passed" });
  const [contract] = contractsIn(report);
  return {
    ...report,
    contract: { ...contract, id } as ReportContract,
    gate: { ...report.gate, asOf: "0.1", new: added },
  };
}

test("checks that are new count under each contract", () => {
  const joined = joinContracts([under("batch", { checks: 1, failed: 0 }), under("document", { checks: 2, failed: 2 })]);
  expect(newChecksText(joined)).toBe("as of 0.1; 3 checks are new, not gated (2 failed)");
});
