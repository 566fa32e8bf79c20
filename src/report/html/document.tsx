import { createHash } from "node:crypto";
import type { ComponentChildren } from "preact";

interface HtmlDocumentProps {
  readonly title: string;
  readonly harness: { readonly name: string; readonly version: string };
  readonly style: string;
  /** @default none is run */
  readonly script?: string;
  readonly children: ComponentChildren;
}

/** A page that needs nothing beside itself: nothing is loaded, sent or run but the style and the script that stand in it. */
export function HtmlDocument({ title, harness, style, script, children }: HtmlDocumentProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content={policyOf(style, script)} />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content={`${harness.name} ${harness.version}`} />
        <title>{title}</title>
        {/* An empty icon, so that no browser asks a server for one. */}
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        {children}
        {script !== undefined && <script dangerouslySetInnerHTML={{ __html: script }} />}
      </body>
    </html>
  );
}

const policyOf = (style: string, script: string | undefined): string =>
  [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    // The empty icon.
    "img-src data:",
    ...(script === undefined ? [] : [`script-src ${hash(script)}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
