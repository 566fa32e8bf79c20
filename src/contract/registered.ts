import type { Contract, Method } from "./contract.js";

/** The contract of a webhook that was registered with this method (`webhook_method`): what it says of the method follows. */
export function registeredWith(contract: Contract, method: Method): Contract {
  if (method === contract.request.method) return contract;
  const words = new RegExp(`\\b${contract.request.method}\\b`, "g");
  return {
    ...contract,
    request: { ...contract.request, method },
    clauses: contract.clauses.map((clause) => ({ ...clause, statement: clause.statement.replaceAll(words, method) })),
  };
}
