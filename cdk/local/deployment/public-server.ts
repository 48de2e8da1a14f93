import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What is served on the public port. */
export interface PublicRoutes {
  /** Whether this is the issuer's. */
  issuer?: { handles(url: string): boolean; handle(request: IncomingMessage, response: ServerResponse): Promise<void> };
  mailbox?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  console?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  api?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

export interface PublicServer {
  readonly port: number;
  /** Begins to answer; until then whoever comes is asked to come again. */
  open(routes: PublicRoutes): void;
  close(): Promise<void>;
}

/** Takes the public port. Rejects when it is taken. */
export async function listenPublicly(host: string, port: number): Promise<PublicServer> {
  let routes: PublicRoutes | undefined;

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (routes === undefined) {
      response.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain' }).end('Starting');
      return;
    }
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const isBelow = (root: string): boolean => path === root || path.startsWith(`${root}/`);
    const own = routes.issuer?.handles(request.url ?? '/')
      ? routes.issuer.handle
      : isBelow('/_aws')
        ? routes.console
        : isBelow('/mail')
          ? routes.mailbox
          : undefined;
    if (own !== undefined) {
      // A page of another site whose name was made to point here must not read mail or move the clock.
      if (!isLoopback(request.headers.host)) return void response.writeHead(421).end('Misdirected Request');
      return own(request, response);
    }
    if (routes.api === undefined) return void response.writeHead(404).end('Not Found');
    await routes.api(request, response);
  };

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      console.error(`${request.method} ${request.url} failed:`, error);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    open: (given) => {
      routes = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // Who is being answered is given a moment.
        setTimeout(() => server.closeAllConnections(), 500).unref();
      }),
  };
}

function isLoopback(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host ?? '');
}
