import { UsageError } from "../../errors.js";
import type { Secret } from "../../report/secret.js";
import type { EffectsProbe } from "../../runner/effects-probe.js";
import { urlProbe } from "../../runner/url-probe.js";
import { parsedUrl } from "../../parsed-url.js";
import { commandProbe } from "./command-probe.js";
import { defaults } from "../../defaults.js";
import type { ResultsApiSettings } from "./results-api.js";
import type { RunValues } from "./run-options.js";
import type { Contract } from "../../contract/contract.js";

/** How a run is to see what the receiver does; nothing of it is started yet. */
export interface Observation {
  readonly probe: EffectsProbe | null;
  /** `url` is the base URL as the receiver sees it, null where that is where it listens. */
  readonly resultsApi: (ResultsApiSettings & { readonly url: string | null }) | null;
  readonly secrets: readonly Secret[];
}

/**
 * @param ca PEM of authorities that the probe's URL may be vouched for by.
 * @throws UsageError for options that are no use, alone or together.
 */
export function observationOf(options: RunValues, ca: readonly string[], contract: Contract): Observation {
  const url = options["probe-url"];
  const command = options["probe-command"];
  if (url !== undefined && command !== undefined) {
    throw unusable("--probe-url and --probe-command: expected one of them, got both");
  }
  const resultsApi = resultsApiSettings(options);
  return {
    probe:
      url !== undefined ? urlProbe(url, ca, contract) : command !== undefined ? commandProbe(command, contract) : null,
    resultsApi,
    secrets: resultsApi === null ? [] : [{ kind: "token", value: resultsApi.token }],
  };
}

function resultsApiSettings(options: RunValues): Observation["resultsApi"] {
  const address = options["results-api"];
  const url = options["results-url"] ?? null;
  const token = options["results-token"];
  if (address === undefined) {
    const stray = url !== null ? "results-url" : token !== undefined ? "results-token" : null;
    if (stray !== null) throw unusable(`--${stray}: expected --results-api beside it, got none`);
    return null;
  }
  if (token === undefined) {
    throw unusable("--results-api: expected --results-token with the token that the receiver fetches with, got none");
  }
  if (url !== null) assertBaseUrl(url);
  return { ...parseAddress(address), url, token };
}

function parseAddress(text: string): { readonly host: string; readonly port: number } {
  const [, bracketed, plain, digits] = /^(?:(?:\[([^\]]+)\]|([^:]+)):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits ?? Number.NaN);
  if (!(port <= 65_535)) {
    throw unusable(`--results-api: expected [HOST:]PORT such as 4000 or 0.0.0.0:4000, got ${JSON.stringify(text)}`);
  }
  return { host: bracketed ?? plain ?? defaults.listen.host, port };
}

/** It is shown, so nothing secret may stand in it. */
function assertBaseUrl(text: string): void {
  const url = parsedUrl(text);
  const isUsable =
    url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  if (!isUsable) throw unusable("--results-url: expected an http(s) URL without userinfo and query");
}

const unusable = (message: string): UsageError => new UsageError("ERR_OBSERVATION", message);
