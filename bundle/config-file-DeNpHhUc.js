import { C as documentOf, S as assertSchema, w as readDocument } from "./lab-DQqfHKWn.js";
import { C as durationPattern } from "./command-line-DL7FZMfB.js";
import { n as expectedOf } from "./catalogue-DCc5JICU.js";
import { P as withVariables } from "./run-DFxdsb51.js";
import { dirname, resolve } from "node:path";
// src/cli/config-schema.ts
function configSchema(options, offered = {}) {
	return {
		type: "object",
		additionalProperties: false,
		properties: {
			url: {
				title: "a URL",
				type: "string",
				minLength: 1,
				description: "the callback URL"
			},
			...Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, propertyOf(spec, offered)]))
		}
	};
}
function configFileSchema(options, offered = {}) {
	const { properties, ...object } = configSchema(options, offered);
	const schemaKey = {
		title: "the address of a schema",
		type: "string",
		description: "where the schema of this file is, for editors"
	};
	return {
		...object,
		properties: {
			$schema: schemaKey,
			...properties
		}
	};
}
function propertyOf(spec, offered) {
	const described = {
		title: `${expectedOf(spec)}${spec.kind === "list" ? ", or a list of such" : ""}`,
		description: spec.describe,
		..."default" in spec && { default: spec.default }
	};
	const names = spec.names === void 0 ? void 0 : offered[spec.names];
	const examples = names !== void 0 && { examples: names };
	switch (spec.kind) {
		case "flag": return {
			...described,
			type: "boolean"
		};
		case "text": return {
			...described,
			type: "string",
			minLength: 1,
			...examples
		};
		case "choice": return {
			...described,
			enum: spec.choices
		};
		case "list": {
			const list = {
				...described,
				type: ["array", "string"],
				minItems: 1,
				minLength: 1
			};
			if (spec.choices === void 0) return {
				...list,
				items: {
					title: "a value",
					type: "string",
					minLength: 1,
					...examples
				}
			};
			const one = String.raw`\s*(${spec.choices.join("|")})\s*`;
			return {
				...list,
				pattern: `^${one}(,${one})*$`,
				items: { enum: spec.choices }
			};
		}
		case "count": return {
			...described,
			type: "integer",
			minimum: spec.min,
			maximum: spec.max
		};
		case "rate": return {
			...described,
			type: "number",
			exclusiveMinimum: 0
		};
		case "duration": return {
			...described,
			type: ["string", "number"],
			pattern: durationPattern,
			exclusiveMinimum: 0
		};
	}
}
// src/cli/config-file.ts
const kind = {
	code: "ERR_CONFIG",
	expected: "an object of options, such as url"
};
function readConfigFile(file, options, environment) {
	const document = readDocument(kind, `--config ${file}`, file);
	const { $schema: _forEditors, ...given } = assertOptions(document, options);
	return withAbsolutePaths(withVariables(given, options, environment, (key, what) => document.wrong([key], what)), options, file);
}
function assertConfig(file, config, options) {
	assertOptions(documentOf(kind, `--config ${file}`, file, JSON.stringify(config, null, 2)), options);
}
const assertOptions = (document, options) => assertSchema(document, configFileSchema(options));
function withAbsolutePaths(values, options, file) {
	return Object.fromEntries(Object.entries(values).map(([key, value]) => {
		return [key, options[key]?.path === true && typeof value === "string" ? resolve(dirname(file), value) : value];
	}));
}
export { configSchema as i, readConfigFile as n, withAbsolutePaths as r, assertConfig as t };

//# sourceMappingURL=config-file-DeNpHhUc.js.map