import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { contracts } from "../src/contract/contracts.js";
import { suitesUnder } from "../src/runner/suites-under.js";
import { clauseLedger } from "./clause-ledger.js";
import { suites } from "./index.js";

const root = fileURLToPath(new URL("..", import.meta.url));

describe.each(contracts.map((contract) => [contract.id, contract] as const))(
  "the clause ledger of %s",
  (_id, contract) => {
    const ledger = clauseLedger(contract, suitesUnder(contract, suites));

    it("has every clause of the contract, in its order", () => {
      expect(ledger.map(({ id }) => id)).toEqual(contract.clauses.map(({ id }) => id));
    });

    it.each(ledger.filter(({ binds }) => binds.includes("receiver")))(
      "has a check that verifies $id, or the reason why there is none",
      ({ checks, exclusion }) => {
        expect(checks.length > 0).not.toBe(exclusion !== null);
      },
    );

    it.each(ledger.filter(({ binds }) => binds.includes("sender")))(
      "has a test that proves that the sender keeps $id",
      ({ proofs }) => {
        expect(proofs).not.toEqual([]);
      },
    );

    it("asks the sender for no proof of what does not bind it", () => {
      expect(ledger.filter(({ binds, proofs }) => proofs.length > 0 && !binds.includes("sender"))).toEqual([]);
    });

    it.each(ledger.flatMap(({ proofs }) => proofs))(
      "proves by what stands in the repository: $file: $test",
      (proof) => {
        const file = join(root, proof.file);
        expect(existsSync(file)).toBe(true);
        expect(readFileSync(file, "utf8")).toContain(JSON.stringify(proof.test));
      },
    );
  },
);
