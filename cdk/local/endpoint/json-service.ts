import { z } from 'zod';
import type { Caller } from '../iam/caller.ts';
import { ServiceError } from '../types.ts';
import { type EndpointService, targetOperation } from './service.ts';

export interface JsonServiceOptions {
  /** Before the dot in `X-Amz-Target`. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /** Does one operation; throws ServiceError. */
  call(operation: string, input: Readonly<Record<string, unknown>>, caller: Caller): Promise<unknown>;
}

const inputSchema = z.record(z.string(), z.unknown());

/** A service that speaks an AWS JSON protocol. */
export function jsonService({ target, version, call }: JsonServiceOptions): EndpointService {
  const contentType = `application/x-amz-json-${version}`;
  return {
    errorType: contentType,
    operation: (request) => targetOperation(request, target),
    async answer({ operation, body, caller }) {
      const output = await call(operation, readInput(body), caller);
      return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(output ?? {}) };
    },
  };
}

/** The object that a request's body is. Throws SerializationException when it is none. */
export function readInput(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    return inputSchema.parse(JSON.parse(body.length === 0 ? '{}' : body.toString('utf8')));
  } catch {
    throw new ServiceError('SerializationException', 'The body of the request is no JSON object.');
  }
}
