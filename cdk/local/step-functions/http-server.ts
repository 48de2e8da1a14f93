import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type JsonService, ServiceError } from '../types.ts';

const TARGET = 'AWSStepFunctions.';
/** Beyond the largest definition and payload, with room for their escaping. */
const LARGEST_BODY = 8 * 1024 * 1024;

/** Serves the service in the AWS JSON protocol 1.0, as SDKs and the CLI speak it. */
export function stepFunctionsServer(service: JsonService): Server {
  return createServer((req, res) => {
    answer(service, req, res).catch((error) => {
      console.error(JSON.stringify({ level: 'ERROR', message: 'a request failed', error: String(error) }));
      res.destroy();
    });
  });
}

async function answer(service: JsonService, req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    const target = req.headers['x-amz-target'];
    if (req.method !== 'POST' || typeof target !== 'string' || !target.startsWith(TARGET)) {
      throw new ServiceError('UnknownOperationException', 'The request names no operation of Step Functions');
    }
    const input = parsed(await body(req));
    send(res, 200, await service.call(target.slice(TARGET.length), input));
  } catch (error) {
    const known = error instanceof ServiceError;
    if (!known) console.error(JSON.stringify({ level: 'ERROR', message: 'an operation failed', error: String(error) }));
    const { code, status, message } = known ? error : new ServiceError('InternalFailure', 'The request failed', 500);
    res.setHeader('x-amzn-errortype', code);
    send(res, status, { __type: code, message });
  }
}

async function body(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_BODY) throw new ServiceError('RequestEntityTooLargeException', 'The request is too large', 413);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new ServiceError('SerializationException', 'The request is no JSON');
  }
}

function send(res: ServerResponse, status: number, output: unknown): void {
  const text = JSON.stringify(output);
  res.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': crypto.randomUUID(),
  });
  res.end(text);
}
