import { Agent, request } from 'node:http';
import { type InvokeResult, type LambdaService, ServiceError } from '../types.ts';

interface Answer {
  readonly status: number;
  readonly error: string | undefined;
  readonly functionError: string | undefined;
  readonly body: string;
}

/** A Lambda service behind an HTTP endpoint that knows the Invoke operation. A function may run for up to 15 minutes. */
export function httpLambda(endpoint: string): LambdaService {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const invoke = async (functionName: string, type: 'RequestResponse' | 'Event', payload: string): Promise<Answer> => {
    const url = new URL(`/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`, endpoint);
    const answer = await post(agent, url, type, payload);
    if (answer.status >= 300) throw refusal(answer);
    return answer;
  };
  return {
    async invoke(functionName, payload): Promise<InvokeResult> {
      const { body, functionError } = await invoke(functionName, 'RequestResponse', payload);
      if (functionError === undefined) return { payload: body };
      return { payload: body, functionError: functionError === 'Handled' ? 'Handled' : 'Unhandled' };
    },
    async invokeAsync(functionName, payload) {
      await invoke(functionName, 'Event', payload);
    },
  };
}

function post(agent: Agent, url: URL, type: string, payload: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(payload),
      'x-amz-invocation-type': type,
    };
    const req = request(url, { method: 'POST', agent, headers, timeout: 900_000 }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('error', reject);
      res.on('end', () => {
        const header = (name: string): string | undefined => [res.headers[name]].flat()[0];
        resolve({
          status: res.statusCode ?? 0,
          error: header('x-amzn-errortype'),
          functionError: header('x-amz-function-error'),
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    req.on('timeout', () => req.destroy(new Error('The function did not answer within 15 minutes')));
    req.on('error', reject);
    req.end(payload);
  });
}

/** The service's own error: its code is in a header or in the body, with or without a namespace. */
function refusal({ status, error, body }: Answer): ServiceError {
  let told: { __type?: string; Message?: string; message?: string } = {};
  try {
    told = JSON.parse(body);
  } catch {
    // A proxy's page, perhaps: the status has to do.
  }
  const code = (error ?? told.__type ?? 'ServiceException').split(':')[0]?.split('#').pop() ?? 'ServiceException';
  return new ServiceError(code, told.Message ?? told.message ?? `Lambda answered ${status}`, status);
}
