import { t as Yargs } from "./yargs-BFKmrBU_.js";
import { b as exitCodes, j as UsageError, y as harness } from "./main-C_aTT-j6.js";
import { E as suggestion } from "./command-line-DL7FZMfB.js";
// src/cli/completion-command.ts
const shells = ["bash", "zsh"];
async function completionCommand({ argument: shell }) {
	if (shell !== void 0 && !shells.includes(shell)) {
		const got = `${JSON.stringify(shell)}${suggestion(shell, shells)}`;
		throw new UsageError("ERR_COMPLETION", `completion: expected ${shells.join(" or ")}, got ${got}`);
	}
	if (shell !== void 0) process.env["SHELL"] = shell;
	Yargs([]).showCompletionScript(harness.name, "completion");
	return exitCodes.passed;
}
export { completionCommand };

//# sourceMappingURL=completion-command-CTKawSdu.js.map