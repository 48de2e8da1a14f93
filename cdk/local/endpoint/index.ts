import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readBody } from '../http-api/read-body.ts';
import type { Caller } from '../iam/caller.ts';
import type { CredentialStore } from '../iam/credentials.ts';
import { OWNER_PATH } from '../owner/door.ts';
import { type Clock, ServiceError } from '../types.ts';
import type { Faults } from './faults.ts';
import { type EndpointService, refusal, type ServiceAnswer } from './service.ts';
import { readSignature, verifySignature } from './signature.ts';

export interface EndpointOptions {
  /** The services by the name with which requests to them are signed. */
  readonly services: Readonly<Record<string, EndpointService>>;
  readonly credentials: CredentialStore;
  readonly faults: Faults;
  readonly clock: Clock;
  /** Answers below {@link OWNER_PATH}. */
  owner?(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export interface Endpoint {
  readonly url: string;
  stop(): Promise<void>;
}

/** Above the largest body that any of the services takes (a transaction of 4 MB in JSON, base64 included). */
const MOST_BYTES = 16 * 1024 * 1024;

/** Serves AWS's APIs on a free loopback port: what `AWS_ENDPOINT_URL` of a function points to. */
export async function startEndpoint({
  services,
  credentials,
  faults,
  clock,
  owner,
}: EndpointOptions): Promise<Endpoint> {
  const serviceOf = (name: string): EndpointService | undefined =>
    Object.hasOwn(services, name) ? services[name] : undefined;

  const identify = (request: IncomingMessage, body: Buffer): { readonly caller: Caller; readonly service: string } => {
    const signed = readSignature(request);
    const found = credentials.find(signed.accessKeyId);
    const token = request.headers['x-amz-security-token'];
    const administrator = found !== undefined && found.caller.roleArn === undefined;
    // The administrator's keys also work without a session token: a configuration file holds two lines less.
    if (found === undefined || (token !== found.credentials.sessionToken && !(administrator && token === undefined))) {
      const code = signed.scope[2] === 'sqs' ? 'InvalidClientTokenId' : 'UnrecognizedClientException';
      throw refusal(request, code, 'The security token included in the request is invalid.', 403);
    }
    verifySignature(request, body, signed, found.credentials.secretAccessKey);
    return { caller: found.caller, service: signed.scope[2] };
  };

  const respond = async (request: IncomingMessage): Promise<ServiceAnswer> => {
    const body = await readBody(request, MOST_BYTES);
    if (!Buffer.isBuffer(body))
      throw new ServiceError('RequestEntityTooLargeException', 'The request is too large.', 413);
    const { caller, service: name } = identify(request, body);
    const service = serviceOf(name);
    if (service === undefined) {
      throw refusal(request, 'UnknownServiceException', `The local cloud has no service ${name}.`, 404);
    }
    const operation = service.operation(request);
    if (operation === undefined) {
      const asked = request.headers['x-amz-target'] ?? `${request.method} ${request.url}`;
      throw refusal(request, 'UnknownOperationException', `The local cloud does not have ${asked} of ${name}.`, 404);
    }
    const fault = faults.take(name, operation);
    if (fault?.afterEffect === false) throw fault.error;
    const answer = await service.answer({ caller, operation, body, request });
    if (fault !== undefined) throw fault.error;
    return answer;
  };

  const errorAnswer = (request: IncomingMessage, error: unknown): ServiceAnswer => {
    const known = error instanceof ServiceError;
    if (!known) console.error('A call to the local cloud failed:', error);
    const { code, message, status, more } = known
      ? error
      : new ServiceError('InternalFailure', 'The request processing has failed because of an unknown error.', 500);
    const name = /\/[^/]+\/[^/]+\/([^/]+)\/aws4_request/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return {
      status,
      headers: {
        'content-type': serviceOf(name)?.errorType ?? 'application/json',
        'x-amzn-errortype': code,
        ...(status === 413 ? { connection: 'close' } : {}),
        ...more.headers,
      },
      body:
        serviceOf(name)?.errorBody?.(code, message) ??
        JSON.stringify({
          __type: code,
          message,
          ...(code === 'AccessDeniedException' && { Message: message }),
          ...more.fields,
        }),
    };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (owner && request.url?.startsWith(OWNER_PATH)) return owner(request, response);
    let answer: ServiceAnswer;
    try {
      answer = await respond(request);
    } catch (error) {
      answer = errorAnswer(request, error);
    }
    if (response.destroyed) return;
    const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
    response.sendDate = false;
    response.writeHead(answer.status, {
      'x-amzn-requestid': randomUUID(),
      // SDKs set their clocks by this header.
      date: new Date(clock.now()).toUTCString(),
      'content-length': body.length,
      ...answer.headers,
    });
    response.end(body);
  };

  const server = createServer((request, response) => void handle(request, response));
  // Connections of idle functions stay open: the next call need not wait for a new one.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
