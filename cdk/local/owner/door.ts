import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the owner of a data folder may ask a running stack, by path, whatever is served to whom. */
export interface OwnerOperations {
  status(): Promise<unknown>;
  redrive(): Promise<unknown>;
}

/** The path below which these are asked for, at the endpoint of the services. */
export const OWNER_PATH = '/_local/';

/** Answers `POST /_local/NAME` as JSON to whoever shows the data folder's key. */
export function createOwnerDoor(controlKey: string, operations: OwnerOperations) {
  const expected = Buffer.from(`Bearer ${controlKey}`);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    request.resume();
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return answer(401, { message: 'The control key of the data folder is needed.' });
    }
    const name = request.url?.slice(OWNER_PATH.length) ?? '';
    const operation = name === 'status' || name === 'redrive' ? operations[name] : undefined;
    if (request.method !== 'POST' || operation === undefined) return answer(404, { message: `There is no ${name}.` });
    try {
      answer(200, await operation());
    } catch (error) {
      answer(500, { message: String(error) });
    }
  };
}
