import { UsageError } from "../errors.js";
import { suggestion } from "../input/closest.js";
import type { OptionTable, RawValues } from "./option.js";

/**
 * Puts the values of environment variables in the place of `${NAME}`, so that no secret stands in a shell's history or
 * a config file.
 * @param option for the message, such as `--results-token`.
 * @throws UsageError `ERR_ENVIRONMENT` that names the variable, which is not set or empty.
 */
export function withEnvironment(option: string, text: string, environment: NodeJS.ProcessEnv): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (_, variable: string) => {
    const value = environment[variable]?.trim();
    if (value !== undefined && value !== "") return value;
    const state = value === undefined ? `is not set${suggestion(variable, Object.keys(environment))}` : "is empty";
    throw new UsageError(
      "ERR_ENVIRONMENT",
      `${option}: expected a value in the environment variable ${variable}, which ${state}`,
    );
  });
}

/**
 * The same in every text of a config file but lines for a shell, which reads them itself.
 * @throws what `wrong` makes of the sentence.
 */
export function withVariables(
  values: RawValues,
  options: OptionTable,
  environment: NodeJS.ProcessEnv,
  wrong: (key: string, what: string) => UsageError,
): RawValues {
  const read = (key: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((one) => read(key, one));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, read(key, one)]));
    }
    if (typeof value !== "string") return value;
    try {
      return withEnvironment(`"${key}"`, value, environment);
    } catch (error) {
      throw wrong(key, (error as Error).message);
    }
  };
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, options[key]?.isShellLine === true ? value : read(key, value)]),
  );
}
