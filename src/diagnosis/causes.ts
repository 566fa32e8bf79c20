import type { Answer } from "./answer.js";
import type { Cause, Rule } from "./cause.js";
import { connections } from "./connections.js";
import { hosts } from "./hosts.js";
import { otherContract } from "./other-contract.js";
import { proxies } from "./proxies.js";
import { redirects } from "./redirects.js";
import { requests } from "./requests.js";
import { routes } from "./routes.js";
import { loginPage, walls } from "./walls.js";

/** A page that nobody asked for: it explains nothing that was refused, or done too often. */
const htmlWith200: Rule = {
  id: "html-with-200",
  shows: ({ status, isHtml }) => isHtml && status >= 200 && status <= 299,
  says: "an HTML page",
  fix: "It counts as an acknowledgement: make sure that the callback handler gives it, and no catch-all page or single-page app.",
};

const notModified: Rule = {
  id: "not-modified",
  shows: ({ status }) => status === 304,
  says: "304 answers a conditional GET, and no {method}",
  fix: "Answer with a 2XX: to a session that is known already too.",
};

/**
 * In order: the first that shows is named. Each is data: what shows it, what to say, how to fix it.
 * @internal
 */
export const rules: readonly Rule[] = [
  ...hosts,
  ...walls,
  ...redirects,
  notModified,
  loginPage,
  ...routes,
  otherContract,
  ...requests,
  ...proxies,
  ...connections,
  htmlWith200,
];

/**
 * The likely cause that an answer shows; null where it shows none.
 * @param isVaried the request was not the documented one.
 */
export function causeOf(answer: Answer, isVaried = false): Cause | null {
  const rule = rules.find(
    ({ shows, documentedOnly, variedOnly }) =>
      shows(answer) && (isVaried ? documentedOnly !== true : variedOnly !== true),
  );
  if (rule === undefined) return null;
  const inPlace = (text: string): string => text.replaceAll("{method}", answer.method);
  const says = typeof rule.says === "string" ? rule.says : rule.says(answer);
  return { ...rule, says: inPlace(says), fix: inPlace(rule.fix) };
}
