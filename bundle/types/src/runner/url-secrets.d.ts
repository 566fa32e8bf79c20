import type { CallbackUrl } from "../sender/callback-url.js";
/** A parameter of the callback URL's query whose value is a secret. */
export interface UrlSecret {
    readonly name: string;
    /** As it stands in the URL, percent-encoded or not. */
    readonly value: string;
}
/** @throws UsageError `ERR_CREDENTIAL_QUERY` for a name that the URL's query does not have with a value. */
export declare function urlSecretsIn({ path }: Pick<CallbackUrl, "path">, names: readonly string[]): readonly UrlSecret[];
/** The path with its query, less these parameters. */
export declare const withoutSecrets: (path: string, secrets: readonly UrlSecret[]) => string;
/** The same with wrong values of the same form. */
export declare const withWrongSecrets: (path: string, secrets: readonly UrlSecret[], hex: string) => string;
/** The same with values that are almost right, each with its label; null where no value has such a variant. */
export declare const nearMissesInUrl: readonly {
    readonly label: string;
    readonly of: (path: string, secrets: readonly UrlSecret[]) => string | null;
}[];
/** The parameters of a request target's query, as they stand there. */
export declare function pairsOf(path: string): readonly UrlSecret[];
