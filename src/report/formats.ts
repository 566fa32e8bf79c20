import type { Report } from "./model.js";

/** Renders a report, from the model alone, to the text of a file; `dense` leaves out what only makes it larger, for one of many. */
type Renderer = (report: Report, how?: { readonly dense?: boolean }) => string;

export interface ReportFormat {
  /** Name of the file, in the directory that the user chose. */
  readonly file: string;
  /** Renderers are loaded when they are called for: `list` needs none, a run few. */
  load(): Promise<Renderer>;
}

/** The formats that a report can be written in; a new one is one entry here. */
export const formats = {
  json: { file: "report.json", load: async () => (await import("./json.js")).renderJson },
  junit: { file: "junit.xml", load: async () => (await import("./junit.js")).renderJUnit },
  html: { file: "report.html", load: async () => (await import("./html/html.js")).renderHtml },
  markdown: {
    file: "report.md",
    async load() {
      const { renderMarkdown } = await import("./markdown.js");
      return (report: Report) => renderMarkdown(report);
    },
  },
  ctrf: { file: "ctrf-report.json", load: async () => (await import("./ctrf.js")).renderCtrf },
  har: { file: "report.har", load: async () => (await import("./har.js")).renderHar },
  badge: { file: "badge.json", load: async () => (await import("./badge.js")).renderBadge },
} as const satisfies Readonly<Record<string, ReportFormat>>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly FormatName[];
