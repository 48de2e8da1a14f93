import type { Env, Hono } from 'hono';
import { behindGateway } from '../../functions/web/behind-gateway.ts';

/** What answers a request, as `app.request` does. */
export interface Answering {
  request(url: string, init?: RequestInit): Promise<Response>;
}

/** An app as callers of the HTTP API meet it: what they send and get has been an event of Lambda and its answer. */
export function throughGateway<E extends Env>(app: Hono<E>): Answering {
  const handler = behindGateway(app);
  return {
    async request(url, init) {
      const request = new Request(url, init);
      const { pathname, search, host } = new URL(url);
      const body = Buffer.from(await request.arrayBuffer());
      const headers = Object.fromEntries(request.headers);
      const event = {
        version: '2.0',
        routeKey: '$default',
        rawPath: decodeURIComponent(pathname),
        rawQueryString: search.slice(1),
        headers: { ...headers, host },
        requestContext: {
          accountId: '1',
          apiId: 'api',
          authentication: null,
          authorizer: {},
          domainName: host,
          domainPrefix: 'api',
          http: { method: request.method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: '' },
          requestId: 'r',
          routeKey: '$default',
          stage: '$default',
          time: '',
          timeEpoch: 0,
        },
        body: body.length > 0 ? body.toString('base64') : null,
        isBase64Encoded: true,
      };
      const answer = await handler(event);
      const received = new Headers();
      for (const [name, value] of Object.entries(answer.headers ?? {})) received.set(name, String(value));
      for (const cookie of answer.cookies ?? []) received.append('set-cookie', cookie);
      return new Response(Buffer.from(answer.body, answer.isBase64Encoded ? 'base64' : 'utf8'), {
        status: answer.statusCode,
        headers: received,
      });
    },
  };
}
