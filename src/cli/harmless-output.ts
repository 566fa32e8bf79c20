import { showControlCharacters } from "../report/control-character.js";
import { leaving } from "./way-out.js";

/**
 * What the runner of a CI job takes for a command, whoever has written it: GitHub Actions a line that begins with `::`
 * and, anywhere in a line, `##[`; Azure Pipelines and TeamCity `##vso[` and `##teamcity[`. White space before it does
 * not count, nor does colour.
 * https://github.com/actions/runner, src/Runner.Common/ActionCommand.cs; https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
// oxlint-disable-next-line no-control-regex -- a colour begins with one
const commandLine = /(^|[\n\r\x85\u2028\u2029])((?:[\s\x85]|\x1b\[[\d;]*[A-Za-z])*):(?=:)/g;
const marker = /##(?=[a-z]*\[)/gi;

/**
 * The same text with a space in each such command, so that it is only read.
 * @internal
 */
export const withoutCiCommands = (text: string): string =>
  text.includes("::") || text.includes("##") ? text.replace(commandLine, "$1$2: ").replace(marker, "# #") : text;

/**
 * What a terminal obeys, beside line breaks, colours and the erasing of a line, which are ours: none of it is left where
 * something was printed that no one has made harmless.
 */
// oxlint-disable-next-line no-control-regex -- what begins an order to a terminal
const obeyed = /[^\P{Cc}\t\n\r\u{1b}]|\u{1b}(?!\[[\d;]*[mK])|[\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** @internal */
export const withoutOrders = (text: string): string =>
  withoutCiCommands(text).replace(obeyed, (character) => showControlCharacters(character));

const plainly = new WeakMap<NodeJS.WriteStream, (text: string) => boolean>();

/**
 * From here on nothing that is written to a stream is taken for a command, by a terminal or by a CI job: what a receiver says stands in the output of
 * every command, in sentences, tables and JSON, and this is the one way out. Nor does a secret get out here.
 */
export function keepFromCommanding(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
  plainly.set(stream, (text) => write(leaving(text)));
  stream.write = (chunk: unknown, ...rest: unknown[]) =>
    write(
      withoutOrders(leaving(typeof chunk === "string" ? chunk : Buffer.from(chunk as Uint8Array).toString())),
      ...rest,
    );
}

/** Writes a command that is meant. */
export function writeCiCommand(stream: NodeJS.WriteStream, line: string): void {
  (plainly.get(stream) ?? ((text) => stream.write(text)))(`${line}\n`);
}
