import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readSignature, verifySignature } from '../../endpoint/signature.ts';
import { readBody } from '../../http-api/read-body.ts';
import { ServiceError } from '../../types.ts';
import type { Answer } from '../engine/engine.ts';
import type { EngineThread } from '../engine/thread/engine-thread.ts';

/** The one key that opens the door. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Beyond the largest request of AWS (a transaction of 4 MB in JSON, base64 included). */
const MOST_BYTES = 16 * 1024 * 1024;
const TARGET = /^DynamoDB(?:Streams)?_20120810\.[A-Z][A-Za-z]*$/;
const HOSTS = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/**
 * Serves an engine on loopback to whoever signs with its key: no page of a browser comes in (no CORS, loopback names in
 * `Host` alone), and no other account of the machine that has not the key.
 */
export function tablesServer(engine: Pick<EngineThread, 'call'>, key: AccessKey): Server {
  const respond = async (request: IncomingMessage): Promise<Answer> => {
    if (!HOSTS.test(request.headers.host ?? '')) {
      throw new ServiceError('AccessDeniedException', 'This door is for programs on this machine.', 403);
    }
    const target = request.headers['x-amz-target'];
    if (request.method !== 'POST' || typeof target !== 'string' || !TARGET.test(target)) {
      throw new ServiceError('UnknownOperationException', 'The request names no operation of DynamoDB.');
    }
    const body = await readBody(request, MOST_BYTES);
    if (!Buffer.isBuffer(body)) {
      throw new ServiceError('RequestEntityTooLargeException', 'The request is too large.', 413);
    }
    const signed = readSignature(request);
    if (signed.accessKeyId !== key.accessKeyId) {
      throw new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.');
    }
    verifySignature(request, body, signed, key.secretAccessKey);
    return engine.call(target, body.toString('utf8'));
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let answer: Answer;
    try {
      answer = await respond(request);
    } catch (error) {
      const known = error instanceof ServiceError;
      if (!known) console.error('A request to the tables failed:', error);
      const { code, message, status } = known ? error : new ServiceError('InternalServerError', 'It failed.', 500);
      answer = { status, body: JSON.stringify({ __type: code, message }) };
    }
    if (response.destroyed) return;
    response.writeHead(answer.status, {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(answer.body),
      'x-amzn-requestid': randomUUID(),
    });
    response.end(answer.body);
  };

  const server = createServer((request, response) => void handle(request, response));
  server.keepAliveTimeout = 60_000;
  return server;
}
