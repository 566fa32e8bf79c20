import { _ as parseCallbackUrl, b as systemClock, y as virtualClock } from "./sender-liWPum1j.js";
import { b as exitCodes, c as print, j as UsageError, p as defaults } from "./main-C_aTT-j6.js";
import { t as createScriptixApi } from "./scriptix-api-BddALjMW.js";
import { r as readOptions, v as isoTime } from "./catalogue-DCc5JICU.js";
import { H as secretsOf, W as createRedactor } from "./lab-DQqfHKWn.js";
import { t as sendLine } from "./send-lines-C9nF-oHz.js";
import { _ as contractOf, g as apiOptions, w as parseDurationMs } from "./command-line-DL7FZMfB.js";
import { A as networkOf, M as interruptible, N as withEnvironment, j as listenError } from "./run-DFxdsb51.js";
import { once } from "node:events";
// src/scriptix-api/events.ts
function eventLine(event) {
	return `${isoTime(event.time)} ${sentence(event)}`.replace(/[^\x20-\x7e]/g, "?");
}
function sentence(event) {
	switch (event.event) {
		case "request": {
			const { method, target, status, authorization, undocumented, fault } = event.request;
			const token = {
				owner: ", the owner's token",
				other: ", another token",
				none: ", no token"
			}[authorization];
			return `${method} ${target} -> ${status ?? "no answer"}${token}${undocumented === null ? "" : `, undocumented: ${undocumented}`}${fault === null ? "" : `, fault ${fault}`}`;
		}
		case "session-started": {
			const dropped = event.droppedHeaders.length > 0 ? `, without ${event.droppedHeaders.join(", ")}` : "";
			return `session ${event.sessionId} started, webhook ${event.webhookUrl ?? "none"}${dropped}`;
		}
		case "job-completed": return `session ${event.sessionId} completed${event.callback ? "" : ", no webhook to call"}`;
		case "job-failed": return `session ${event.sessionId} failed, so there is no callback`;
		case "attempt": {
			const next = event.nextInMs === null ? "that was the last attempt" : `next attempt ${event.nextInMs / 1e3} s after this one`;
			const outlook = event.acknowledged ? "" : `; ${next}`;
			return `session ${event.sessionId} callback attempt ${event.number}: ${event.outcome}${outlook}`;
		}
		case "internal-error": return `internal error: ${event.message}`;
	}
}
// src/cli/api/api-lines.ts
function apiLines(contract, tokens, skipsWaits) {
	const secrets = tokens.map((value) => ({
		kind: "token",
		value
	}));
	function withoutWebhookSecrets(event) {
		if (event.event !== "session-started" || event.webhookUrl === null) return event;
		const url = parseCallbackUrl(event.webhookUrl);
		const redactor = createRedactor(secretsOf({
			url,
			headers: [],
			credentials: []
		}, secrets));
		return {
			...event,
			webhookUrl: redactor.redactUrl(event.webhookUrl)
		};
	}
	function secretsIn({ headers, path }) {
		const { systemHeaders } = contract.request;
		const custom = headers.filter(([name]) => !systemHeaders.includes(name.toLowerCase()));
		return secretsOf({
			url: {
				raw: "",
				path
			},
			headers: custom,
			credentials: []
		}, secrets);
	}
	return {
		ofEvent(event) {
			if (event.event === "attempt") return null;
			return createRedactor(secrets).redactText(eventLine(withoutWebhookSecrets(event)));
		},
		ofDelivery(event, time) {
			const own = "attempt" in event ? secretsIn(event.attempt.request) : secrets;
			const line = sendLine(event, contract, skipsWaits);
			return `${isoTime(time)} session ${event.sessionId}  ${createRedactor(own).redactText(line)}`;
		}
	};
}
// src/cli/api/api-command.ts
async function apiCommand({ options: raw }) {
	const options = readOptions(apiOptions, raw);
	const { host, port, local, seed } = options;
	const tokens = options.token.map((token) => withEnvironment("--token", token, process.env));
	const skipsWaits = options["skip-waits"];
	const clock = skipsWaits ? virtualClock({ startAt: Math.floor(systemClock.now()) }) : systemClock;
	const contract = contractOf({
		contract: defaults.contract.id,
		method: options.method
	});
	const lines = apiLines(contract, tokens, skipsWaits);
	const api = createScriptixApi({
		clock,
		contract,
		local,
		network: networkOf(options),
		tokens: tokens.length === 0 ? null : tokens,
		completeAfterMs: readCompleteAfter(options["complete-after"]),
		...seed !== void 0 && { seed },
		log(event) {
			const line = lines.ofEvent(event);
			if (line !== null) print(line);
		},
		onDelivery: (event) => print(lines.ofDelivery(event, clock.now()))
	});
	return interruptible(null, async (signal) => {
		try {
			const baseUrl = await listening(api.listen({
				host,
				port
			}), `--host ${host} --port ${port}`);
			print(`mock Scriptix API: ${baseUrl}`);
			print(`described at ${baseUrl}/openapi.json`);
			if (!signal.aborted) await once(signal, "abort");
		} finally {
			await api.close();
		}
		return exitCodes.passed;
	});
}
async function listening(listens, options) {
	try {
		return await listens;
	} catch (error) {
		throw listenError(error, options);
	}
}
function readCompleteAfter(text) {
	if (text === "none") return null;
	const ms = parseDurationMs(text);
	if (ms !== null) return ms;
	throw new UsageError("ERR_OPTION", `--complete-after: expected a duration above zero such as 5s, or none, got ${JSON.stringify(text)}`);
}
export { apiCommand };

//# sourceMappingURL=api-command-GFc2F89p.js.map