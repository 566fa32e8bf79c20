import { stripVTControlCharacters } from "node:util";

/**
 * Columns of a text of ours, which has no wide characters. In the bundle it stands for the package `string-width`, with
 * which yargs lays out its help: to know an emoji it compiles a regular expression for 20 ms at each start.
 */
export default function textWidth(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
