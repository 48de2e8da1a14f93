import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';

/** What a server block of nginx says, as far as the README's does; any other directive is refused. */
export interface ProxySettings {
  readonly upstream: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly mostBytes: number;
  /** shown for what is larger */
  readonly tooLarge: string;
}

const NO_EFFECT = new Set(['listen', 'server_name', 'ssl_certificate', 'ssl_certificate_key', 'proxy_read_timeout']);

/** Reads a server block. Throws for a directive whose meaning is not known here. */
export function readServerBlock(block: string): ProxySettings {
  const directives = [...block.matchAll(/^\s*(\w+) (.*);$/gm)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  const known = new Set([...NO_EFFECT, 'client_max_body_size', 'error_page', 'proxy_pass', 'proxy_set_header']);
  const unknown = directives.find(([name]) => !known.has(name));
  if (unknown) throw new Error(`nginx: ${unknown[0]} is not known here`);
  const said = (wanted: string) => directives.find(([name]) => name === wanted)?.[1] ?? '';
  return {
    upstream: said('proxy_pass'),
    headers: directives
      .filter(([name]) => name === 'proxy_set_header')
      .map(([, value]) => [value.slice(0, value.indexOf(' ')), value.slice(value.indexOf(' ') + 1)]),
    // nginx lets 1 MB through unless told
    tooLarge: /^413 (\S+)$/.exec(said('error_page'))?.[1] ?? '',
    mostBytes: Number(/^(\d+)m$/.exec(said('client_max_body_size'))?.[1] ?? 1) * 1024 * 1024,
  };
}

function filledIn(value: string, { headers, socket }: IncomingMessage): string {
  const came = headers['x-forwarded-for'];
  const added = [...(came === undefined ? [] : [String(came)]), socket.remoteAddress].join(', ');
  return value.replace('$host', headers.host?.replace(/:\d+$/, '') ?? '').replace('$proxy_add_x_forwarded_for', added);
}

/** Ends TLS for `localhost` and does what the settings say, at another upstream. */
export async function startTlsProxy(folder: string, port: number, upstreamPort: string, settings: ProxySettings) {
  const [key, cert] = [join(folder, 'tls.key'), join(folder, 'tls.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2'];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', '-nodes', ...made, ...subject], { stdio: 'pipe' });
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const isTooLarge = Number(request.headers['content-length'] ?? 0) > settings.mostBytes;
    const set = Object.fromEntries(settings.headers.map(([name, value]) => [name, filledIn(value, request)]));
    const { 'x-forwarded-for': _, host: __, 'content-length': length, ...headers } = request.headers;
    const { method, url: path } = isTooLarge ? { method: 'GET', url: settings.tooLarge } : request;
    const body = length !== undefined && !isTooLarge ? { 'content-length': length } : {};
    const options = {
      host: '127.0.0.1',
      port: upstreamPort,
      method,
      path,
      headers: { ...headers, ...body, ...set },
      setHost: false,
    };
    const passed = forward(options, (got) => {
      response.writeHead(isTooLarge ? 413 : (got.statusCode ?? 502), got.rawHeaders);
      got.pipe(response);
    });
    passed.on('error', () => response.destroy());
    if (isTooLarge) {
      request.resume();
      passed.end();
    } else request.pipe(passed);
  };
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, answer);
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return {
    certificate: readFileSync(cert),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
