/**
 * The URL that a text is; null where it is none. In place of `URL.canParse`, which on Node 20 and 22 takes no host outside of
 * ASCII any more once a process has called it some hundred times (nodejs/node#58023).
 */
export function parsedUrl(text: string, base?: string | URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
