import { mostInstances } from "../../suites/retries-instances.js";
import { UsageError } from "../errors.js";
import { parseCallbackUrl } from "../sender/callback-url.js";

/** @throws UsageError for a URL that cannot be called, and for more instances than attempts can be spread over. */
export function instancesOf(urls: readonly string[]): readonly string[] {
  if (urls.length > mostInstances) {
    throw new UsageError("ERR_INSTANCE", `--instance: expected ${mostInstances} at most, got ${urls.length}`);
  }
  for (const url of urls) {
    try {
      parseCallbackUrl(url);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      throw new UsageError("ERR_INSTANCE", `--instance: ${error.message.replace(/^callback URL: /, "")}`);
    }
  }
  return urls;
}
