import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** An error as a service answers it. */
export class ServiceFault extends Error {
  readonly status: number;
  constructor(name: string, status = 400) {
    super(name);
    this.name = name;
    this.status = status;
  }
}

export interface FakeService {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A service that speaks AWS's JSON protocol, so that a test talks to it through the real client.
 * @param answer gives the body for an operation, or throws {@link ServiceFault}
 */
export async function serveJson(
  answer: (operation: string, input: Record<string, unknown>) => object | Promise<object>,
): Promise<FakeService> {
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    const reply = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
    try {
      reply(200, await answer(operation, JSON.parse(await text(request))));
    } catch (error) {
      if (error instanceof ServiceFault) reply(error.status, { __type: error.name, message: error.name });
      else reply(500, { __type: 'InternalFailure', message: String(error) });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
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
