/** How the shell ended, or the program that took its place. */
export type Ending =
  | { readonly kind: "exit"; readonly code: number }
  | { readonly kind: "signal"; readonly name: string }
  | { readonly kind: "not-started"; readonly reason: string };

export function endingText(ending: Ending): string {
  switch (ending.kind) {
    case "exit":
      return ending.code === 127
        ? "the shell found no such command (exit code 127)"
        : `the process ended with exit code ${ending.code}`;
    case "signal":
      return `the process was ended by ${ending.name}`;
    case "not-started":
      return `the command could not be started (${ending.reason})`;
  }
}
