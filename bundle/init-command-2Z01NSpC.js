import { b as exitCodes, c as print, j as UsageError, p as defaults, y as harness } from "./main-C_aTT-j6.js";
import { t as assertConfig } from "./config-file-DeNpHhUc.js";
import { t as require_dist } from "./yaml-Udqo20U0.js";
import { f as runOptions, u as initOptions } from "./command-line-DL7FZMfB.js";
import { i as wishedUrl, n as unusable, r as wishedCommand, t as secretsOfHeader } from "./init-wishes-IFHMAMs6.js";
import { V as unwritable } from "./reports-TZriK1mR.js";
import { r as readOptions } from "./catalogue-DCc5JICU.js";
import { createRequire } from "node:module";
import { closeSync, existsSync, lstatSync, mkdirSync, openSync, readFileSync, rmSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
// src/cli/init/init-job.ts
var import_dist = require_dist();
const configName = `${harness.name}.json`;
const receiverLog = `${harness.name}-receiver.log`;
const range = /^\d+\.\d+(?=\.\d+$)/.exec(harness.version)?.[0] ?? harness.version;
const runLine = `npx --yes ${harness.name}@${range} run --config ${configName}`;
const purpose = ` Checks the receiver of Scriptix callbacks. Made once by \`${harness.name} init\`; yours to change.`;
function startScript(command, { hostname, port }) {
	const connects = [`require("node:net").connect(${port}, "${hostname}")`, ".on(\"connect\", () => process.exit(0)).on(\"error\", () => process.exit(1))"].join("");
	return `(
${command}
) > ${receiverLog} 2>&1 &
seconds=0
until node -e '${connects}'; do
  seconds=$((seconds + 1))
  if [ "$seconds" -gt ${defaults.init.startSeconds} ]; then
    echo "The receiver did not listen on ${hostname}:${port} within ${defaults.init.startSeconds} seconds."
    exit 1
  fi
  sleep 1
done
`;
}
function yamlText(value, comment, parted) {
	const document = new import_dist.Document(value, { aliasDuplicateObjects: false });
	document.commentBefore = comment;
	for (const path of [[], ...parted]) {
		const node = path.length === 0 ? document.contents : document.getIn(path, true);
		if ((0, import_dist.isSeq)(node)) for (const item of node.items.slice(1)) item.spaceBefore = true;
		if ((0, import_dist.isMap)(node)) for (const { key } of node.items.slice(1)) key.spaceBefore = true;
	}
	return document.toString({
		lineWidth: 0,
		nullStr: ""
	});
}
// src/cli/init/init-gitlab.ts
const pipeline = ".gitlab-ci.yml";
const job = `.gitlab/${harness.name}.yml`;
const gitlabFile = (directory) => existsSync(join(directory, pipeline)) ? job : pipeline;
const gitlabInclude = (file) => file === job ? `include:\n  - local: ${job}` : null;
function gitlabText({ url, receiver, secrets }) {
	const { node, jobMinutes } = defaults.init;
	const definition = {
		image: `node:${node}`,
		timeout: `${jobMinutes} minutes`,
		script: [
			...receiver?.install == null ? [] : [receiver.install],
			...receiver === null ? [] : [startScript(receiver.start, url)],
			runLine
		],
		...receiver !== null && { after_script: [`if [ "$CI_JOB_STATUS" != success ]; then cat ${receiverLog}; fi`] },
		artifacts: {
			when: "always",
			paths: [`${defaults.output.out}/`],
			reports: { junit: `${defaults.output.out}/junit.xml` }
		}
	};
	const comment = [
		purpose,
		...secrets.length === 0 ? [] : [` It reads these CI/CD variables of the project: ${secrets.join(", ")}.`],
		...receiver === null ? [] : [" The image holds Node 20.19 or later, and whatever the receiver needs."]
	];
	return yamlText({ [harness.name]: definition }, comment.join("\n"), []);
}
// src/cli/init/init-surroundings.ts
const installs = [
	["pnpm-lock.yaml", "corepack enable && pnpm install --frozen-lockfile"],
	["yarn.lock", "corepack enable && yarn install"],
	["package-lock.json", "npm ci"],
	["npm-shrinkwrap.json", "npm ci"],
	["package.json", "npm install"]
];
function installFor(directory) {
	return installs.find(([file]) => existsSync(join(directory, file)))?.[1] ?? null;
}
function hostOf(directory) {
	if (existsSync(join(directory, ".gitlab-ci.yml"))) return "gitlab";
	return textOf(join(directory, ".git", "config")).includes("gitlab") ? "gitlab" : "github";
}
function rootAbove(directory) {
	if (existsSync(join(directory, ".git"))) return null;
	for (let above = dirname(resolve(directory)); above !== dirname(above); above = dirname(above)) if (existsSync(join(above, ".git"))) return above;
	return null;
}
function textOf(file) {
	try {
		return readFileSync(file, "utf8");
	} catch {
		return "";
	}
}
// src/cli/init/init-ending.ts
function initEnding(wishes, directory, files) {
	return [
		["Written:", ...files.map(({ path }) => `  ${path}`)],
		secretsToSet(wishes),
		toInclude(wishes, directory, files),
		misplaced(wishes, directory),
		toTry(wishes, directory, files[0]?.path ?? configName)
	].filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n");
}
function secretsToSet({ ci, secrets }) {
	if (secrets.length === 0 || ci === "none") return [];
	return [ci === "github" ? "Set these secrets of the repository (Settings, Secrets and variables, Actions):" : "Set these variables of the project, masked (Settings, CI/CD, Variables):", ...secrets.map((name) => `  ${name}`)];
}
function toInclude({ ci }, directory, files) {
	if (ci !== "gitlab") return [];
	const [include] = files.flatMap(({ path }) => gitlabInclude(relative(directory, path).replaceAll("\\", "/")) ?? []);
	return include === void 0 ? [] : ["Add to .gitlab-ci.yml:", ...include.split("\n").map((line) => `  ${line}`)];
}
function misplaced({ ci }, directory) {
	const root = ci === "none" ? null : rootAbove(directory);
	return root === null ? [] : [`The job is read at the root of the repository alone, and that is ${root}.`];
}
function toTry({ ci, receiver, secrets }, directory, config) {
	return [
		"Try it here first:",
		...secrets.map((name) => `  export ${name}=…`),
		...receiver === null ? [] : [`  ${receiver.start}    # in another terminal`],
		`  npx ${harness.name} run --config ${config}`,
		...ci === "none" ? [] : ["Then commit these files and push: the job turns red or green."]
	];
}
// src/cli/init/init-github.ts
const githubWorkflow = `.github/workflows/${harness.name}.yml`;
function githubText({ url, receiver, secrets }) {
	const { node, jobMinutes } = defaults.init;
	const env = secrets.length === 0 ? {} : { env: Object.fromEntries(secrets.map((name) => [name, `\${{ secrets.${name} }}`])) };
	const steps = [
		{ uses: "actions/checkout@v5" },
		{
			uses: "actions/setup-node@v6",
			with: {
				"node-version": node,
				"package-manager-cache": false
			}
		},
		...receiver?.install == null ? [] : [{
			name: "Install what the receiver needs",
			run: receiver.install
		}],
		...receiver === null ? [] : [{
			name: "Start the receiver",
			run: startScript(receiver.start, url),
			...env
		}],
		{
			name: "Check the receiver",
			run: runLine,
			...env
		},
		...receiver === null ? [] : [{
			name: "Show what the receiver printed",
			if: "failure()",
			run: `cat ${receiverLog} || true`
		}],
		{
			name: "Keep the reports",
			if: "${{ !cancelled() }}",
			uses: "actions/upload-artifact@v5",
			with: {
				name: harness.name,
				path: `${defaults.output.out}/`
			}
		}
	];
	return yamlText({
		name: "Webhook conformance",
		on: {
			push: { branches: ["main", "master"] },
			pull_request: null,
			workflow_dispatch: null
		},
		permissions: { contents: "read" },
		jobs: { [harness.name]: {
			"runs-on": "ubuntu-latest",
			"timeout-minutes": jobMinutes,
			steps
		} }
	}, purpose, [[
		"jobs",
		harness.name,
		"steps"
	]]);
}
// src/cli/new-files.ts
function assertNoneExists(paths) {
	const there = paths.filter(exists);
	if (there.length === 0) return;
	const are = there.length === 1 ? "is there" : "are there";
	throw new UsageError("ERR_EXISTS", `expected to write new files, but ${there.join(", ")} ${are}; nothing was written`);
}
function writeNewFiles(option, files) {
	assertNoneExists(files.map(({ path }) => path));
	const undo = [];
	for (const { path, text } of files) try {
		for (const directory of missing(dirname(resolve(path)))) {
			mkdirSync(directory);
			undo.push(() => rmdirSync(directory));
		}
		const file = openSync(path, "wx");
		undo.push(() => rmSync(path));
		try {
			writeFileSync(file, text);
		} finally {
			closeSync(file);
		}
	} catch (error) {
		for (const step of undo.reverse()) step();
		throw unwritable(option, path, error);
	}
}
function exists(path) {
	try {
		return lstatSync(path, { throwIfNoEntry: false }) !== void 0;
	} catch {
		return false;
	}
}
function missing(directory) {
	return existsSync(directory) ? [] : [...missing(dirname(directory)), directory];
}
// src/cli/init/init-command.ts
async function initCommand({ options: raw }) {
	const options = readOptions(initOptions, raw);
	assertNoneExists([join(options.dir, configName)]);
	const wishes = wishesOf(await answersTo(options, (name) => raw[name] !== void 0), options.dir);
	const files = filesFor(wishes, options.dir);
	writeNewFiles("dir", files);
	print(initEnding(wishes, options.dir, files));
	return exitCodes.passed;
}
async function answersTo(options, isStated) {
	const guesses = {
		install: installFor(options.dir),
		ci: hostOf(options.dir)
	};
	if (options.url === void 0 && process.stdin.isTTY && process.stdout.isTTY) return (await import("./init-questions-NYZqSd-N.js")).ask(options, isStated, guesses);
	return {
		...options,
		install: options.install ?? guesses.install
	};
}
function wishesOf({ url, start, install, header, ci, "fail-on": failOn }, directory) {
	if (url === void 0) throw unusable("--url: expected the callback URL, got none; in a terminal, init asks for it");
	return {
		url: wishedUrl(url, start !== void 0),
		receiver: start === void 0 ? null : {
			start: wishedCommand("start", start),
			install: install === null ? null : wishedCommand("install", install)
		},
		headers: header,
		secrets: [...new Set(header.flatMap(secretsOfHeader))],
		ci: ci ?? hostOf(directory),
		failOn
	};
}
function filesFor(wishes, directory) {
	const schema = schemaFor(directory);
	const config = configOf(wishes, schema.address);
	const files = [{
		path: configName,
		text: `${JSON.stringify(config, null, 2)}\n`
	}, ...schema.files];
	if (wishes.ci === "github") files.push({
		path: githubWorkflow,
		text: githubText(wishes)
	});
	if (wishes.ci === "gitlab") files.push({
		path: gitlabFile(directory),
		text: gitlabText(wishes)
	});
	return files.map(({ path, text }) => ({
		path: join(directory, path),
		text
	}));
}
function configOf({ url, receiver, headers, failOn }, $schema) {
	const config = {
		$schema,
		url: url.raw,
		...receiver !== null && { local: true },
		...headers.length > 0 && { header: headers },
		"fail-on": failOn
	};
	assertConfig(configName, config, runOptions);
	return config;
}
const publishedSchema = join("reports", "config.schema.json");
function schemaFor(directory) {
	const installed = join("node_modules", harness.name, publishedSchema);
	if (existsSync(join(directory, installed))) return {
		address: `./${installed.replaceAll("\\", "/")}`,
		files: []
	};
	const own = `${harness.name}.schema.json`;
	const root = dirname(createRequire(import.meta.url).resolve("#package.json"));
	return {
		address: `./${own}`,
		files: [{
			path: own,
			text: readFileSync(join(root, publishedSchema), "utf8")
		}]
	};
}
export { initCommand };

//# sourceMappingURL=init-command-2Z01NSpC.js.map