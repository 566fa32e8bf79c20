import type { Contract, Method } from "../contract/contract.js";
import { contractNamed, contracts } from "../contract/contracts.js";
import { registeredWith } from "../contract/registered.js";
import { defaults } from "../defaults.js";
import { UsageError } from "../errors.js";

/**
 * The contract of that id, of a webhook that was registered with that method.
 * @throws UsageError `ERR_CONTRACT` for a contract that there is not, `ERR_METHOD` for a method that it never comes with.
 */
export function contractCalled(id: string = defaults.contract.id, method?: Method): Contract {
  const contract = contractNamed(id);
  if (contract === undefined) {
    const known = contracts.map((each) => each.id).join(", ");
    throw new UsageError("ERR_CONTRACT", `contract: expected ${known}, got ${JSON.stringify(id)}`);
  }
  if (method === undefined) return contract;
  const { methods } = contract.request;
  if (methods.includes(method)) return registeredWith(contract, method);
  throw new UsageError("ERR_METHOD", `method: expected ${methods.join(" or ")} with contract ${id}, got ${method}`);
}
