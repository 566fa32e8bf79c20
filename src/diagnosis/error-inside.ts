import { cutTo } from "../cut.js";
import type { Answer } from "./answer.js";

/** Longest text of an answer that is repeated in a sentence. */
const mostShown = 80;

/** PHP shows so, with 200, what went wrong while a page was made. */
const phpError = /<b>((?:Warning|Notice|Deprecated|(?:Fatal|Parse|Recoverable fatal) error))<\/b>:\s+(.*?) in <b>/;

/**
 * What an acknowledgement's body says went wrong: `"error": "not found"` in JSON, `Warning: Undefined array key` of PHP's; null
 * where it says nothing of the kind.
 */
export function errorInside({ body }: Pick<Answer, "body">): string | null {
  const php = phpError.exec(body);
  if (php !== null) return cutTo(mostShown, `${php[1]}: ${php[2]}`);
  const told = Object.entries(jsonIn(body) ?? {}).find(([name, member]) => tellsAnError(name, member));
  if (told === undefined) return null;
  const [name, member] = told;
  return `${JSON.stringify(name)}: ${cutTo(mostShown, JSON.stringify(member))}`;
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function tellsAnError(name: string, value: unknown): boolean {
  switch (name.toLowerCase()) {
    case "error":
    case "errors":
    case "exception":
      return isSomething(value);
    case "status":
    case "result":
      return /^(error|fail(ed|ure)?)$/i.test(String(value)) || isErrorStatus(value);
    case "statuscode":
    case "code":
      return isErrorStatus(value);
    case "success":
    case "ok":
      return value === false;
    default:
      return false;
  }
}

/** A status of HTTP that was meant for the answer itself. */
const isErrorStatus = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 400 && Number(value) <= 599;

/** `{"error": null}`, `false`, 0, an empty text, list or object say that there is none. */
const isSomething = (value: unknown): boolean =>
  typeof value === "object" && value !== null
    ? Object.keys(value).length > 0
    : Boolean(value) && !/^(none|no|null|false|0)$/i.test(String(value));
