import { namesASecret } from "../report/secret-names.js";
import { changeJsonValues } from "../sender/json-values.js";

/** In a body a code is one of an error or a country, as a rule. */
const looksSecret = (name: string): boolean => namesASecret(name) && !/code$/i.test(name);

/** A body as a form has it: names, each with a value, and nothing else. */
const form = /^[^\s=&{}"]+=[^\s&]*(?:&[^\s=&{}"]+=[^\s&]*)*$/;

/**
 * Rewrites values of a body that is JSON or a form, however deep they stand, and leaves every other character as it is.
 * @param change gets a value, and whether the name that it stands under says that it is a secret; null for one that stays.
 */
export function changeMembers(
  text: string,
  change: (value: string, looksSecret: boolean, name: string) => string | null,
): string {
  if (isJson(text)) return changeJsonValues(text, (value, name) => change(value, looksSecret(name), name));
  if (!form.test(text)) return text;
  return text
    .split("&")
    .map((pair) => {
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      const changed = change(value, looksSecret(name), name);
      return changed === null ? pair : `${name}=${changed}`;
    })
    .join("&");
}

/** The values under such names, each with its name. */
export function secretMembers(text: string): readonly { readonly name: string; readonly value: string }[] {
  const found: { name: string; value: string }[] = [];
  changeMembers(text, (value, looksSecret, name) => {
    if (looksSecret && value !== "") found.push({ name, value });
    return null;
  });
  return found;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
