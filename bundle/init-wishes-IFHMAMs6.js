import { j as UsageError, p as defaults } from "./main-C_aTT-j6.js";
import { V as secretsInUrl } from "./lab-DQqfHKWn.js";
import { _ as parseCallbackUrl, m as classifyHost, v as customHeaders } from "./sender-liWPum1j.js";
import { k as parseHeaders } from "./run-DFxdsb51.js";
// src/cli/init/init-wishes.ts
function wishedUrl(text, isStartedByJob) {
	const url = parseCallbackUrl(text);
	const [secret] = secretsInUrl(url.raw, url.path);
	if (secret !== void 0) {
		const what = secret.kind === "query" ? `the query parameter ${secret.name}` : "a user name or password";
		throw unusable(`--url: expected a URL without secrets, since it stands in a file, got one with ${what}; give such a URL to run in the job, from a secret`);
	}
	if (isStartedByJob && !isThisMachine(url)) throw unusable(`--url: expected a URL on this machine beside --start, such as http://localhost:3000/hook, got ${url.display}`);
	if (!isStartedByJob && isThisMachine(url)) throw unusable(`--url ${url.display}: expected --start beside it with the command that starts the receiver in the job, got none`);
	return url;
}
function isThisMachine(url) {
	const host = classifyHost(url, defaults.contract);
	return host.kind === "localhost" || host.kind === "ip-address" && /^(127\.|::1$)/.test(host.address);
}
function secretsOfHeader(header) {
	const names = [...header.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name);
	const [parsed] = parseHeaders([header], Object.fromEntries(names.map((name) => [name, "value"])));
	const [name, value] = parsed ?? ["", ""];
	if (customHeaders([[name, value]], defaults.contract).dropped.length > 0) throw unusable(`--header ${name}: expected a header of your own, got a system header, which the sender sets itself`);
	if (names.length === 0) throw unusable(`--header ${name}: expected \${NAME} in the value, with the name of a secret of the CI, so that none stands in a file, got a value without one`);
	const illegal = names.find((secret) => !/^(?!GITHUB_)[a-z_]\w*$/i.test(secret));
	if (illegal === void 0) return names;
	throw unusable(`--header ${name}: expected letters, digits and underscores as the name of a secret, not a digit or GITHUB_ first, got ${illegal}`);
}
function wishedCommand(option, text) {
	const command = text.trim();
	if (command !== "" && !/[^\P{Cc}\t\n]/u.test(command)) return command;
	throw unusable(`--${option}: expected a shell command such as 'npm start', got ${command === "" ? "none" : "control characters"}`);
}
const unusable = (message) => new UsageError("ERR_INIT", message);
export { wishedUrl as i, unusable as n, wishedCommand as r, secretsOfHeader as t };

//# sourceMappingURL=init-wishes-IFHMAMs6.js.map