import { ServiceError } from '../types.ts';

/** Something that goes wrong with calls although nothing is wrong: what AWS does now and then, and one machine never. */
export interface Fault {
  /** As in ARNs: `dynamodb`, `states`, `kms`, `sqs`, `ses`, `lambda`. */
  readonly service: string;
  /** Undefined: any. */
  readonly operation?: string;
  /** How many calls it hits; 1 unless told. */
  readonly times?: number;
  /** AWS's code, message and further fields, as in `CancellationReasons`. */
  readonly error: {
    readonly code: string;
    readonly message?: string;
    readonly status?: number;
    readonly fields?: Readonly<Record<string, unknown>>;
  };
  /** The call is done, and only its answer is lost. */
  readonly afterEffect?: boolean;
}

/** An error with further fields in its body. */
export class DetailedError extends ServiceError {
  readonly fields: Readonly<Record<string, unknown>>;
  constructor(code: string, message: string, status: number, fields: Readonly<Record<string, unknown>>) {
    super(code, message, status);
    this.fields = fields;
  }
}

export interface Faults {
  /** Adds a fault; the function given back takes what is left of it away and says how many calls it hit. */
  inject(fault: Fault): () => number;
  /** The fault that hits this call, counted as used. */
  take(service: string, operation: string): { readonly error: ServiceError; readonly afterEffect: boolean } | undefined;
}

/** Keeps the faults that tests have asked for. */
export function createFaults(): Faults {
  const active: { readonly fault: Fault; left: number }[] = [];
  return {
    inject(fault) {
      const times = fault.times ?? 1;
      const entry = { fault, left: times };
      active.push(entry);
      return () => {
        const at = active.indexOf(entry);
        if (at >= 0) active.splice(at, 1);
        return times - entry.left;
      };
    },
    take(service, operation) {
      const entry = active.find(
        ({ fault, left }) => left > 0 && fault.service === service && (fault.operation ?? operation) === operation,
      );
      if (entry === undefined) return undefined;
      entry.left -= 1;
      const { code, message = 'Injected.', status = 400, fields = {} } = entry.fault.error;
      return { error: new DetailedError(code, message, status, fields), afterEffect: entry.fault.afterEffect ?? false };
    },
  };
}
