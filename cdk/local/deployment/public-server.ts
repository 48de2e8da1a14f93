import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isAmbiguous } from './ambiguous-request.ts';

/** What is served on the public port. */
export interface PublicRoutes {
  /** Whether this is the issuer's. */
  issuer?: { handles(url: string): boolean; handle(request: IncomingMessage, response: ServerResponse): Promise<void> };
  mailbox?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  console?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  api?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Takes forms that are sent to a bucket, below {@link BUCKETS}: nothing else of the object service is here. */
  postObject?: (request: IncomingMessage, response: ServerResponse, bucket: string) => Promise<void>;
  /** What whoever started the local cloud answers itself, by path. */
  own?: ReadonlyMap<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>>;
}

export interface PublicServer {
  readonly port: number;
  /** Begins to answer; until then whoever comes is asked to come again. */
  open(routes: PublicRoutes): void;
  close(): Promise<void>;
}

/** Below it forms for buckets are taken, each bucket by its name. */
const BUCKETS = '/_s3/';

/** What one who connects may cost, so that nobody is kept out by those who only hold connections. */
export interface Bounds {
  /** until the head of a request has come, in milliseconds */
  readonly headMs: number;
  /** until all of a request has come */
  readonly requestMs: number;
  /** connections at once: each has a file of the process, which the tables and queues need too */
  readonly connections: number;
}

const BOUNDS: Bounds = { headMs: 20_000, requestMs: 900_000, connections: 2_000 };
/** Of all headers together, names and line ends as well; the gateway itself counts more strictly. */
const MOST_HEAD_BYTES = 16 * 1024;
/** Longer than proxies keep a connection (Caddy two minutes): who closes first must not be here, or a form is lost. */
const KEEP_ALIVE_MS = 130_000;

/** Takes the public port. Rejects when it is taken. */
export async function listenPublicly(host: string, port: number, bounds = BOUNDS): Promise<PublicServer> {
  let routes: PublicRoutes | undefined;

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (isAmbiguous(request)) {
      response.writeHead(400, { connection: 'close', 'content-type': 'text/plain' }).end('Bad Request');
      return;
    }
    if (routes === undefined) {
      response.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain' }).end('Starting');
      return;
    }
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const ownPage = routes.own?.get(path);
    if (ownPage !== undefined) return ownPage(request, response);
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
    if (routes.postObject && request.method === 'POST' && path.startsWith(BUCKETS))
      return routes.postObject(request, response, path.slice(BUCKETS.length));
    if (routes.api === undefined) return void response.writeHead(404).end('Not Found');
    await routes.api(request, response);
  };

  const settings = {
    headersTimeout: bounds.headMs,
    // the head's time is looked at this often
    connectionsCheckingInterval: bounds.headMs / 4,
    // the longest that a body may take; it has a pace to keep besides, see `readBody`
    requestTimeout: bounds.requestMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MOST_HEAD_BYTES,
  };
  const server = createServer(settings, (request, response) => {
    route(request, response).catch((error: unknown) => {
      console.error(`${request.method} ${request.url} failed:`, error);
      if (response.headersSent) return void response.destroy();
      // What had been set for the answer that failed is not for this one, and may be why it failed.
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      response.writeHead(500, { 'content-type': 'text/plain' }).end();
    });
  });
  server.maxConnections = bounds.connections;
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
