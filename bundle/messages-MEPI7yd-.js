// src/lab/app/messages.ts
const pulse = {
	turns: 0,
	now: 1,
	length: 2
};
export { pulse as t };

//# sourceMappingURL=messages-MEPI7yd-.js.map