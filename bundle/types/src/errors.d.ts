/**
 * Bad input of the user's: an option, a config key, a file, a URL. The message is one sentence that says what was
 * expected, what came, and which option, key or line it is about. The command line prints it and exits with 2.
 */
export declare class UsageError extends Error {
    readonly name = "UsageError";
    /** Stable, such as `ERR_CALLBACK_URL`. */
    readonly code: string;
    constructor(code: string, message: string, options?: ErrorOptions);
}
