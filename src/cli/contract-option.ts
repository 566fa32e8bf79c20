import { contractNamed, contracts } from "../contract/contracts.js";
import type { Contract, Method } from "../contract/contract.js";
import { registeredWith } from "../contract/registered.js";
import { defaults } from "../defaults.js";
import { UsageError } from "../errors.js";
import type { OptionTable, OptionValues, RawValues } from "./option.js";

const methods = [...new Set(contracts.flatMap(({ request }) => request.methods))];

const group = "Which callback it is:";

const signing = contracts.flatMap(({ id, request }) => (request.signature === null ? [] : [id])).join(", ");

/** Which callback it is about, and how it was registered. */
export const contractOptions = {
  contract: {
    kind: "choice",
    group,
    choices: contracts.map(({ id }) => id),
    default: defaults.contract.id,
    describe: `the callback that it is about: ${contracts.map(({ id, name }) => `${id} (${name})`).join(", ")}`,
  },
  method: {
    kind: "choice",
    group,
    choices: methods,
    defaultText: defaults.contract.request.method,
    describe: `the method that the webhook is registered with: ${methods.join(", ")}`,
  },
  secret: {
    kind: "text",
    group,
    readsVariables: true,
    describe: `what requests are signed with, as '\${NAME}', which is read from the environment; for --contract ${signing}`,
  },
} as const satisfies OptionTable;

/** Values with others over them: which callback it is about is said by one of two options, and the upper one counts. */
export function overlaid(under: RawValues, over: RawValues): RawValues {
  const { contract: _contract, contracts: _contracts, ...others } = under;
  const saysWhich = over["contract"] !== undefined || over["contracts"] !== undefined;
  return { ...(saysWhich ? others : under), ...over };
}

/** @throws UsageError `ERR_METHOD` for a method that the callback never comes with. */
export function contractOf({ contract: id, method }: Omit<OptionValues<typeof contractOptions>, "secret">): Contract {
  const contract = contractNamed(id) ?? defaults.contract;
  if (method === undefined) return contract;
  const { methods: own } = contract.request;
  if (!own.some((each) => each === method)) {
    throw new UsageError("ERR_METHOD", `--method: expected ${own.join(" or ")} with --contract ${id}, got ${method}`);
  }
  return registeredWith(contract, method as Method);
}
