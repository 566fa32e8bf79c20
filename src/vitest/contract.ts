import type { Contract } from "../contract/contract.js";
import { contractCalled } from "../sender/contract-called.js";
import type { ConformanceOptions } from "./options.js";

/** The callback that the tests are about, as its webhook is registered. */
export const contractFor = ({ contract, method }: Pick<ConformanceOptions, "contract" | "method">): Contract =>
  contractCalled(contract, method);
