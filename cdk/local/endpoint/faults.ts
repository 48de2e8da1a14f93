import { ServiceError } from '../types.ts';

/** Something that goes wrong with calls although nothing is wrong: what AWS does now and then, and one machine never. */
export interface Fault {
  /** As in ARNs: `dynamodb`, `states`, `kms`, `sqs`, `ses`, `s3`, `lambda`; and `smtp`. */
  readonly service: string;
  /** Undefined: any. */
  readonly operation?: string;
  /** Undefined: any. Otherwise a part of the name of the function that is invoked for the stack, or of the queue. */
  readonly target?: string;
  /** How many calls it hits; 1 unless told. */
  readonly times?: number;
  /** Asked at each call that it could hit: whether it does. Every one does unless told. */
  readonly when?: () => boolean;
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

export interface Faults {
  /** Adds a fault; the function given back takes what is left of it away and says how many calls it hit. */
  inject(fault: Fault): () => number;
  /** The fault that hits this call, counted as used. */
  take(
    service: string,
    operation: string,
    target?: string,
  ): { readonly error: ServiceError; readonly afterEffect: boolean } | undefined;
}

/** Keeps the faults that tests have asked for. */
export function createFaults(): Faults {
  const active: { readonly fault: Fault; hits: number }[] = [];
  return {
    inject(fault) {
      const entry = { fault, hits: 0 };
      active.push(entry);
      return () => {
        const at = active.indexOf(entry);
        if (at >= 0) active.splice(at, 1);
        return entry.hits;
      };
    },
    take(service, operation, target = '') {
      const entry = active.find(
        ({ fault, hits }) =>
          hits < (fault.times ?? 1) &&
          fault.service === service &&
          (fault.operation ?? operation) === operation &&
          target.includes(fault.target ?? '') &&
          (fault.when?.() ?? true),
      );
      if (entry === undefined) return undefined;
      entry.hits += 1;
      const { code, message = 'Injected.', status = 400, fields = {} } = entry.fault.error;
      return {
        error: new ServiceError(code, message, status, { fields }),
        afterEffect: entry.fault.afterEffect ?? false,
      };
    },
  };
}
