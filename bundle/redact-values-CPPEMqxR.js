// src/report/redact-values.ts
function redactValues(value, redactor, isOurs) {
	const without = (name, each) => {
		if (typeof each === "string") return isOurs(name, each) ? each : redactor.redactText(each);
		if (Array.isArray(each)) return each.map((member) => without(name, member));
		if (typeof each !== "object" || each === null) return each;
		return Object.fromEntries(Object.entries(each).map(([key, member]) => [key, without(key, member)]));
	};
	return without("", value);
}
export { redactValues as t };

//# sourceMappingURL=redact-values-CPPEMqxR.js.map