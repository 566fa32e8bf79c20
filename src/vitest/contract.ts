import type { Contract } from "../contract/contract.js";
import { registeredWith } from "../contract/registered.js";
import { defaults } from "../defaults.js";
import type { ConformanceOptions } from "./options.js";

/** The callback that the tests are about, as its webhook is registered. */
export const contractFor = ({ method }: Pick<ConformanceOptions, "method">): Contract =>
  method === undefined ? defaults.contract : registeredWith(defaults.contract, method);
