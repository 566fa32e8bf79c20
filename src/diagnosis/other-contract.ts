import type { Contract, Template } from "../contract/contract.js";
import { contracts } from "../contract/contracts.js";
import type { Answer } from "./answer.js";
import type { Rule } from "./cause.js";

/** The callback that a receiver seems to take, and what of it the answer names. */
interface Asked {
  readonly contract: Contract;
  readonly name: string;
}

const headersOf = ({ request }: Contract): readonly string[] => [
  ...request.headers.map(([name]) => name),
  ...(request.signature === null ? [] : [request.signature.header]),
];

const membersOf = (template: Template): readonly string[] =>
  Object.entries(template).flatMap(([name, value]) => [
    name,
    ...(typeof value === "object" ? membersOf(value).map((inner) => `${name}.${inner}`) : []),
  ]);

/** What stands in a sentence by chance as well: `data`, `event`. */
const isAWord = (name: string): boolean => /^[a-z]+$/.test(name);

/** Whether an answer complains of a name; not what it calls something of its own, as a key of JSON. */
const names = (body: string, name: string): boolean =>
  new RegExp(`(?<![\\w.-])${name.replaceAll(".", "\\.")}(?![\\w-]|\\.\\w|["']?\\s*:\\s*["'\\d\\[{])`, "i").test(body);

const complains = new Set([400, 401, 403, 422, 500]);

/** What an answer asks for that another callback has than the one that was sent; null where that is nothing. */
function askedFor({ status, body, sent }: Answer): Asked | null {
  if (!complains.has(status)) return null;
  const given = new Set(sent.map(([name]) => name.toLowerCase()));
  const isSent = (contract: Contract): boolean => headersOf(contract).every((name) => given.has(name.toLowerCase()));
  const called = contracts.filter(isSent);
  if (called.length === 0) return null;
  const known = new Set(called.flatMap(({ request }) => membersOf(request.body)));
  for (const contract of contracts) {
    const headers = headersOf(contract).filter((name) => !given.has(name.toLowerCase()));
    const members = membersOf(contract.request.body).filter((name) => !known.has(name));
    const telling = [...headers, ...members.filter((name) => !isAWord(name))].find((name) => names(body, name));
    if (telling !== undefined) return { contract, name: telling };
    const words = members.filter((name) => isAWord(name) && new RegExp(`["'\`]${name}["'\`](?!\\s*:)`).test(body));
    if (words.length > 1) return { contract, name: words.join(" and ") };
    const signs = contract.request.signature !== null && !sent.some(([name]) => /signature/i.test(name));
    if (signs && /\bsignature\b/i.test(body)) return { contract, name: "a signature" };
  }
  return null;
}

/** The service calls back in several ways, and a receiver of one refuses the others. */
export const otherContract: Rule = {
  id: "other-contract",
  documentedOnly: true,
  shows: (answer) => askedFor(answer) !== null,
  says(answer) {
    const asked = askedFor(answer);
    return asked === null
      ? ""
      : `the receiver asks for ${asked.name}, which callbacks of the contract ${asked.contract.id} have, and the one that was sent has not`;
  },
  fix: "Name the callback that this endpoint is registered for with --contract (batch, document or signed; signed events need --secret too). If it is the one that was sent, ask for nothing that it does not have.",
};
