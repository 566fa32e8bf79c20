import { a as isCancel, i as text, n as outro, r as select, t as intro } from "./prompts-COmGsBx1.js";
import { j as UsageError, r as Interrupted, y as harness } from "./main-C_aTT-j6.js";
import { i as wishedUrl, r as wishedCommand, t as secretsOfHeader } from "./init-wishes-IFHMAMs6.js";
// src/cli/init/init-questions.ts
async function ask(given, isStated, guesses) {
	intro(`${harness.name} init: a config file, and a job that checks your receiver`);
	const start = given.start ?? (given.url === void 0 ? await askStart() : void 0);
	const url = given.url ?? await askUrl(start !== void 0);
	const install = given.install ?? (start === void 0 ? null : await askInstall(guesses.install ?? ""));
	const header = isStated("header") ? given.header : await askHeaders();
	const ci = given.ci ?? await choose("Where is the job to run?", hostLabels, guesses.ci);
	const failOn = isStated("fail-on") ? given["fail-on"] : await choose("Which failures are to turn the job red?", levelLabels, given["fail-on"]);
	outro("That is all.");
	return {
		url,
		start,
		install,
		header,
		ci,
		"fail-on": failOn
	};
}
const hostLabels = {
	github: "GitHub Actions",
	gitlab: "GitLab CI",
	none: "nowhere yet: the config file alone"
};
const levelLabels = {
	required: "of what is documented",
	recommended: "also of good practice",
	hardening: "also of hostile or unlucky input"
};
async function askStart() {
	if (await choose("Where is the receiver, when the job checks it?", {
		url: "at a URL that the job can reach, such as staging",
		job: "in the job itself, which starts it"
	}, "url") === "url") return void 0;
	return answered(await text({
		message: "Which command starts it?",
		placeholder: "npm start",
		validate: objection((value) => wishedCommand("start", value))
	}));
}
async function askUrl(isStartedByJob) {
	return answered(await text({
		message: "What is the callback URL?",
		placeholder: isStartedByJob ? "http://localhost:3000/hooks/scriptix" : "https://staging.example.com/hooks/scriptix",
		validate: objection((value) => wishedUrl(value, isStartedByJob))
	}));
}
async function askInstall(guess) {
	const command = answered(await text({
		message: "Which command installs what it needs? Empty for none.",
		initialValue: guess
	}));
	return command.trim() === "" ? null : command;
}
async function askHeaders() {
	const headers = [];
	for (;;) {
		const which = headers.length === 0 ? "Which header is configured with the webhook?" : "Another header?";
		const header = answered(await text({
			message: `${which} Its value is a secret of the CI, by its name. Empty for none.`,
			placeholder: "X-Api-Key: ${SCRIPTIX_KEY}",
			validate: objection((value) => value.trim() === "" ? [] : secretsOfHeader(value))
		})).trim();
		if (header === "") return headers;
		headers.push(header);
	}
}
async function choose(message, labels, initialValue) {
	const options = Object.entries(labels).map(([value, label]) => ({
		value,
		label
	}));
	return answered(await select({
		message,
		options,
		initialValue
	}));
}
function answered(answer) {
	if (isCancel(answer)) throw new Interrupted();
	return String(answer ?? "");
}
function objection(read) {
	return (value) => {
		try {
			read(value ?? "");
			return;
		} catch (error) {
			if (!(error instanceof UsageError)) throw error;
			return error.message;
		}
	};
}
export { ask };

//# sourceMappingURL=init-questions-NYZqSd-N.js.map