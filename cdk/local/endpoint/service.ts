import type { IncomingMessage } from 'node:http';
import type { Caller } from '../iam/caller.ts';
import { ServiceError } from '../types.ts';

/** A call of one operation, its caller known. */
export interface ServiceCall {
  readonly caller: Caller;
  readonly operation: string;
  readonly body: Buffer;
  readonly request: IncomingMessage;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A service behind the endpoint. */
export interface EndpointService {
  /** The operation that a request is for; undefined when the service has none such. */
  operation(request: IncomingMessage): string | undefined;
  /** Answers a call. Throws ServiceError for what the service refuses. */
  answer(call: ServiceCall): Promise<ServiceAnswer>;
  /** The content type of errors. */
  readonly errorType: string;
  /** Errors as the service writes them; JSON unless told. */
  readonly errorBody?: (code: string, message: string) => string;
}

/** Answers and refusals of a service when what they rest on is on disk: nobody acts on what a power cut takes back. */
export function answeredDurably(durable: () => Promise<void>, service: EndpointService): EndpointService {
  return {
    ...service,
    async answer(call) {
      try {
        return await service.answer(call);
      } finally {
        await durable();
      }
    },
  };
}

/** The operation in `X-Amz-Target: Prefix.Operation`, if the prefix is this one and the rest a name that AWS gives. */
export function targetOperation(request: IncomingMessage, prefix: string): string | undefined {
  const target = request.headers['x-amz-target'];
  if (typeof target !== 'string' || !target.startsWith(`${prefix}.`)) return undefined;
  return /^[A-Z][A-Za-z0-9]*$/.exec(target.slice(prefix.length + 1))?.[0];
}

/**
 * A refusal before any operation: services with a JSON target say 400 to whatever the caller can mend, those that speak
 * REST what `rest` says.
 */
export function refusal(request: IncomingMessage, code: string, message: string, rest: 403 | 404): ServiceError {
  return new ServiceError(code, message, request.headers['x-amz-target'] === undefined ? rest : 400);
}
