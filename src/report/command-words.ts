import { variableFor, word } from "./shell-word.js";

/** Read by the command itself, so that no secret stands in the history of the shell. */
export const headerOption = (name: string): string => `-H ${word([`${name}: \${${variableFor(name)}}`])}`;

/** An option's name, or its value. */
export const optionWord = (option: string): string => (/^--[a-z-]+$/.test(option) ? option : word([option]));
