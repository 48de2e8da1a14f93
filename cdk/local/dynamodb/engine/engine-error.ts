/** What the engine refuses, in AWS's code and words; `fields` go into the answer beside them. */
export class EngineError extends Error {
  readonly code: string;
  /** For example `Item`, `CancellationReasons`. */
  readonly fields: Readonly<Record<string, unknown>>;
  constructor(code: string, message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.fields = fields;
  }
}

/** A request that AWS calls invalid. */
export const invalid = (message: string): EngineError => new EngineError('ValidationException', message);

/** A request whose JSON has another shape than the API's. */
export const unreadable = (message: string): EngineError => new EngineError('SerializationException', message);
