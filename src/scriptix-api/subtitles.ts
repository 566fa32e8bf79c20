import { utterancesOf } from "./results.js";

/** Formats of the results beside JSON, as they are asked for by `format` or `Accept`. */
export const subtitleTypes = ["application/ttml+xml", "text/sbv", "text/srt", "text/vtt"] as const;

type SubtitleType = (typeof subtitleTypes)[number];

/** An answer that is no JSON. */
export class Subtitles {
  readonly type: SubtitleType;
  readonly text: string;

  constructor(type: SubtitleType, text: string) {
    this.type = type;
    this.text = text;
  }
}

/** What is asked for; null for JSON. `format` wins over `Accept`, whose first known type counts. */
export function subtitleTypeOf(format: string | undefined, accept: string): SubtitleType | null {
  const wanted = format === undefined ? accept.split(",").map((part) => part.split(";", 1)[0]?.trim()) : [format];
  for (const each of wanted) {
    if (each === "application/json") return null;
    const type = subtitleTypes.find((known) => known === each?.toLowerCase());
    if (type !== undefined) return type;
  }
  return null;
}

interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** One cue a stretch of speech, broken into lines. @param longestLine characters; 0 for no limit. */
export function subtitlesOf(type: SubtitleType, utterances: number, longestLine = 37, mostWords = 12): Subtitles {
  const cues = Array.from({ length: utterances }, (_, index): Cue => {
    const { text, startS, endS } = utterancesOf(index);
    return { startMs: startS * 1000, endMs: endS * 1000, text: lines(text, longestLine, mostWords).join("\n") };
  });
  return new Subtitles(type, written[type](cues));
}

function lines(text: string, longestLine: number, mostWords: number): readonly string[] {
  const broken: string[][] = [[]];
  for (const word of text.split(" ")) {
    const line = broken.at(-1) ?? [];
    const isFull =
      (longestLine > 0 && [...line, word].join(" ").length > longestLine) ||
      (mostWords > 0 && line.length >= mostWords);
    if (isFull && line.length > 0) broken.push([word]);
    else line.push(word);
  }
  return broken.map((words) => words.join(" "));
}

const written: Readonly<Record<SubtitleType, (cues: readonly Cue[]) => string>> = {
  "text/vtt": (cues) =>
    [
      "WEBVTT",
      ...cues.map(({ startMs, endMs, text }) => `${time(startMs, ".")} --> ${time(endMs, ".")}\n${text}`),
    ].join("\n\n") + "\n",
  "text/srt": (cues) =>
    cues
      .map(
        ({ startMs, endMs, text }, index) => `${index + 1}\n${time(startMs, ",")} --> ${time(endMs, ",")}\n${text}\n`,
      )
      .join("\n"),
  "text/sbv": (cues) =>
    cues
      .map(({ startMs, endMs, text }) => `${time(startMs, ".").slice(1)},${time(endMs, ".").slice(1)}\n${text}\n`)
      .join("\n"),
  "application/ttml+xml": (cues) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<tt xmlns="http://www.w3.org/ns/ttml"><body><div>\n${cues
      .map(
        ({ startMs, endMs, text }) =>
          `<p begin="${time(startMs, ".")}" end="${time(endMs, ".")}">${text.replaceAll("\n", "<br/>")}</p>\n`,
      )
      .join("")}</div></body></tt>\n`,
};

/** `00:00:04.800` */
function time(ms: number, point: "." | ","): string {
  const pad = (value: number, width = 2): string => String(Math.floor(value)).padStart(width, "0");
  return `${pad(ms / 3_600_000)}:${pad((ms / 60_000) % 60)}:${pad((ms / 1000) % 60)}${point}${pad(Math.round(ms) % 1000, 3)}`;
}
