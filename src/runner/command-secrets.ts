import type { Secret } from "../report/secret.js";
import { namesASecret } from "../report/secret-names.js";
import { secretsInUrl } from "./secrets.js";

/**
 * What of a shell command of the user's is secret, since the programs it runs may repeat it in their complaints: the
 * userinfo and query of URLs, and what is given under a name that says so, as an assignment (`PGPASSWORD=…`), an option
 * (`--password …`), a header (`'X-Api-Key: …'`), a JSON member or a variable of the environment (`$DB_PASSWORD`).
 */
export function secretsInCommand(
  line: string,
  environment: Readonly<Record<string, string | undefined>>,
): readonly Secret[] {
  const tokens = [
    ...Array.from(line.matchAll(named), ([, option, name = option ?? "", double, single, bare]) => ({
      name,
      value: double ?? single ?? bare,
    })),
    ...Array.from(line.matchAll(headers), ([, name = "", value]) => ({ name, value })),
    ...Array.from(line.matchAll(variables), ([, name = ""]) => ({ name, value: environment[name] })),
  ];
  return [
    ...Array.from(line.matchAll(urls), ([url]) => secretsInUrl(url, url)).flat(),
    ...tokens.flatMap(({ name, value = "" }) => (saysSecret(name) ? readingsOf(value.trim()) : [])),
  ];
}

/** A number in JSON runs on into what is behind it. */
const readingsOf = (value: string): readonly Secret[] =>
  [...new Set([value, value.replace(/[,}\]]+$/, "")])].flatMap((each) =>
    each === "" ? [] : [{ kind: "token", value: each }],
  );

/** Whether an option, a variable or a member says by its name that it holds a secret. */
export const saysSecret = (name: string): boolean => namesASecret(name) || endsInSecret.test(name);

/** Programs run such words together with their own name: `PGPASSWORD`. */
const endsInSecret = /(password|passwd|passphrase|secret|token|apikey)$/i;
const urls = /\b[a-z][a-z\d+.-]*:\/\/[^\s'"`|;<>()]+/gi;
/** `NAME=value`, `--name value`, `--name=value`, `"name": "value"`, the value in quotes or not; each may overlap the next. */
const named =
  /(?<![\w.-])(?=(?:-{1,2}([a-z][\w.-]*)\s+|-{0,2}([a-z][\w.-]*)["']?(?:=|\s*:\s*))(?:"([^"]*)"|'([^']*)'|([^\s'"`|;&<>()]+)))/gi;
/** A header as curl takes it, to the end of its quotation. */
const headers = /["']([a-z][\w-]*):\s*([^"']+)["']/gi;
const variables = /\$\{?([a-z_]\w*)/gi;
