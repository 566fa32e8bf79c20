import { batch } from "./batch.js";
import type { Contract } from "./contract.js";
import { document } from "./document.js";
import { signed } from "./signed.js";

/** Every callback that the service documents; the first one holds where none is asked for. */
export const contracts: readonly Contract[] = [batch, document, signed];

/** Undefined for a name that no contract has. */
export const contractNamed = (id: string): Contract | undefined => contracts.find((contract) => contract.id === id);
