import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError } from '../types.ts';

export interface EngineAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Talks to the DynamoDB-compatible server behind the local cloud. */
export interface EngineClient {
  /** Passes a call on as it is. Throws InternalServerError when the server stays away. */
  forward(target: string, body: Buffer): Promise<EngineAnswer>;
  /** Makes a call of our own. Throws the server's error. */
  call(target: string, input: unknown): Promise<unknown>;
  stop(): void;
}

/** How long calls wait for a server that has ended and is started again. */
const PATIENCE_MS = 5_000;

const signed =
  'AWS4-HMAC-SHA256 Credential=local/20200101/local/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0';

/** Calls that can be made again without harm when it is not known whether the server had done them. */
const repeatable =
  /\.(GetItem|BatchGetItem|Query|Scan|TransactGetItems|Describe\w+|List\w+|GetShardIterator|GetRecords)$/;

/** `url` says where the server is now; `ready` resolves when it answers. */
export function createEngineClient(server: { url(): string; ready(): Promise<void> }): EngineClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });

  const once = (target: string, body: Buffer): Promise<EngineAnswer> =>
    new Promise((resolve, reject) => {
      const sent = httpRequest(
        server.url(),
        {
          method: 'POST',
          agent,
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'content-length': body.length,
            'x-amz-target': target,
            'x-amz-date': '20200101T000000Z',
            authorization: signed,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const headers: Record<string, string> = {};
            for (const name of ['content-type', 'x-amzn-requestid', 'x-amz-crc32']) {
              const value = response.headers[name];
              if (typeof value === 'string') headers[name] = value;
            }
            resolve({ status: response.statusCode ?? 500, headers, body: Buffer.concat(chunks) });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });

  const forward = async (target: string, body: Buffer): Promise<EngineAnswer> => {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await once(target, body);
      } catch (error) {
        const refused = error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
        // Whoever was cut off in a write is told so, as on AWS: the SDK decides whether to write again.
        if (!(refused || repeatable.test(target)) || performance.now() > until) {
          throw new ServiceError('InternalServerError', 'The table engine did not answer.', 500);
        }
        await Promise.race([server.ready(), sleep(1_000)]);
        await sleep(20);
      }
    }
  };

  return {
    forward,
    async call(target, input) {
      const { status, body } = await forward(target, Buffer.from(JSON.stringify(input)));
      const output: unknown = JSON.parse(body.toString('utf8'));
      if (status < 300) return output;
      const { __type = 'InternalServerError', message = '' } = readError(output);
      throw new ServiceError(__type.slice(__type.lastIndexOf('#') + 1), message, status);
    },
    stop: () => agent.destroy(),
  };
}

function readError(output: unknown): { __type?: string; message?: string } {
  if (typeof output !== 'object' || output === null) return {};
  const type = '__type' in output ? output.__type : undefined;
  const message = 'message' in output ? output.message : undefined;
  return {
    ...(typeof type === 'string' && { __type: type }),
    ...(typeof message === 'string' && { message }),
  };
}
