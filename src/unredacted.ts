/**
 * What may hold a secret: words of a receiver, of a user, of a program of theirs, and whatever was made of these. It is
 * no text, so nothing prints it or writes it to a file; only what a redactor has been through comes out of it.
 */
export class Unredacted<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** What may be shown of it. @param redact such as `redactLine`: nothing else may open it. */
  through<Redactor, Shown>(redactor: Redactor, redact: (value: T, redactor: Redactor) => Shown): Shown {
    return redact(this.#value, redactor);
  }

  /** Something made of it, which may hold a secret too. */
  map<Made>(make: (value: T) => Made): Unredacted<Made> {
    return new Unredacted(make(this.#value));
  }

  /** Where it gets into a sentence all the same. */
  toString(): string {
    return "[redacted]";
  }

  toJSON(): string {
    return this.toString();
  }
}
