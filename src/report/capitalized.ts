/** As the beginning of a sentence; a check's id stays as it is. */
export const capitalized = (text: string): string => text.replace(/^[a-z](?![\w-]*\/)/, (first) => first.toUpperCase());
