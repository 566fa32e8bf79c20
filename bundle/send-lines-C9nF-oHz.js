import { b as showControlCharacters, u as formatOffset } from "./lab-DQqfHKWn.js";
// src/cli/send/send-lines.ts
function sendLine(event, { retry }, skipsWaits) {
	const attempts = retry.delaysMs.length + 1;
	switch (event.kind) {
		case "attempt-started": return `${formatOffset(event.offsetMs)}  attempt ${event.number} of ${attempts}`;
		case "attempt-ended": return `          ${outcomeText(event.attempt)}`;
		case "retry-due": {
			const skipped = skipsWaits ? ", which is skipped" : "";
			return `          attempt ${event.number} is due at ${formatOffset(event.dueOffsetMs)}, after a delay of ${minutes(event.delayMs)}${skipped}`;
		}
		case "acknowledged": return `acknowledged by attempt ${event.attempt.number}`;
		case "abandoned": return `abandoned for good after ${event.attempts} failed attempts`;
	}
}
function outcomeText({ outcome, response, timings }) {
	const answer = response === null ? "" : `${response.status} ${showControlCharacters(response.statusText)}`.trim();
	const took = `after ${Math.round(timings.headersMs ?? timings.endMs)} ms`;
	if (outcome.kind === "acknowledged") return `acknowledged: ${answer} ${took}${response?.bodyEnd === "complete" ? "" : `; its body did not end rightly (${response?.bodyEnd})`}`;
	return `failed ${took}: ${showControlCharacters(outcome.message)}`;
}
function minutes(ms) {
	const count = ms / 6e4;
	return `${count} minute${count === 1 ? "" : "s"}`;
}
export { sendLine as t };

//# sourceMappingURL=send-lines-C9nF-oHz.js.map