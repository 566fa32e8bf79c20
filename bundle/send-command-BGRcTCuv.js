import { U as jsonText } from "./reports-TZriK1mR.js";
import { r as readOptions, v as isoTime } from "./catalogue-DCc5JICU.js";
import { _ as parseCallbackUrl, b as systemClock, o as createSender, v as customHeaders, y as virtualClock } from "./sender-liWPum1j.js";
import { H as secretsOf, L as hexOf, W as createRedactor, d as bytesToText, f as capText } from "./lab-DQqfHKWn.js";
import { b as exitCodes, c as print, o as withoutSecrets, r as Interrupted } from "./main-C_aTT-j6.js";
import { _ as contractOf, n as sendOptions } from "./command-line-DL7FZMfB.js";
import { A as networkOf, M as interruptible, k as parseHeaders } from "./run-DFxdsb51.js";
import { t as sendLine } from "./send-lines-C9nF-oHz.js";
import { randomBytes } from "node:crypto";
// src/cli/send/send-command.ts
async function sendCommand({ argument = "", options: raw }) {
	const options = readOptions(sendOptions, raw);
	const contract = contractOf(options);
	const url = parseCallbackUrl(argument);
	const headers = parseHeaders(options.header, process.env);
	const redactor = redactorFor(url, headers, contract);
	const skipsWaits = options["skip-waits"];
	const clock = skipsWaits ? virtualClock() : systemClock;
	const sender = createSender({
		url,
		headers,
		contract,
		clock,
		retryDelayFrom: options["retry-delay-from"],
		network: networkOf(options)
	});
	const sessionId = options["session-id"] ?? "c0de7e57" + hexOf(18, randomBytes(8).toString("hex"));
	const say = (text) => {
		if (!options.json) print(redactor.redactText(text));
	};
	return withoutSecrets(redactor, () => interruptible(null, async (signal) => {
		say(`${contract.request.method} ${redactor.redactUrl(url.display)}, session ${sessionId}`);
		for (const name of sender.droppedHeaders) say(`${name} is a system header: it cannot be overridden and is not sent`);
		try {
			const { kind, attempts } = await sender.deliver({ sessionId }, {
				signal,
				on: (event) => say(sendLine(event, contract, skipsWaits))
			});
			if (options.json) {
				const target = redactor.redactUrl(url.display);
				const shown = attempts.map((attempt) => attemptFacts(attempt, redactor));
				print(jsonText({
					url: target,
					sessionId,
					outcome: kind,
					attempts: shown
				}));
			}
			return kind === "acknowledged" ? exitCodes.passed : exitCodes.failed;
		} catch (error) {
			if (signal.aborted) throw new Interrupted();
			throw error;
		} finally {
			await sender.close();
		}
	}));
}
function redactorFor(url, headers, contract) {
	return createRedactor(secretsOf({
		url,
		headers: customHeaders(headers, contract).sent,
		credentials: []
	}));
}
const mostBodyBytes = 8192;
function attemptFacts({ number, offsetMs, startedAt, timings, outcome, response }, redactor) {
	return {
		number,
		offsetMs,
		startedAt: isoTime(startedAt),
		durationMs: Math.round(timings.endMs),
		outcome: outcome.kind === "acknowledged" ? outcome : {
			...outcome,
			message: redactor.redactText(outcome.message)
		},
		response: response && {
			status: response.status,
			statusText: redactor.redactText(response.statusText),
			headers: redactor.redactHeaders(response.headers),
			body: capText(redactor.redactText(bytesToText(response.body), { cut: response.bodyEnd !== "complete" }), mostBodyBytes),
			bodyEnd: response.bodyEnd
		}
	};
}
export { sendCommand };

//# sourceMappingURL=send-command-BGRcTCuv.js.map