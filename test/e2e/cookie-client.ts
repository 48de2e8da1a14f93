import { type IncomingHttpHeaders, request as plain, type RequestOptions } from 'node:http';
import { request as secure } from 'node:https';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly url: string;
  readonly body: string;
}

/** A browser without pages: it keeps cookies by host and port, and follows redirects. */
export function cookieClient(certificate: Buffer) {
  const jars = new Map<string, Map<string, string>>();

  const once = (url: URL, options: RequestOptions, body?: Buffer | string): Promise<Answer> => {
    const jar = jars.get(url.host) ?? new Map<string, string>();
    jars.set(url.host, jar);
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
    const headers = { ...options.headers, ...(cookie && { cookie }) };
    const send = url.protocol === 'https:' ? secure : plain;
    return new Promise((resolve, reject) => {
      const sent = send(url, { ...options, headers, ca: certificate }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          for (const set of response.headers['set-cookie'] ?? []) {
            const [pair = ''] = set.split(';');
            jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
          }
          const { statusCode: status = 0, headers: got } = response;
          resolve({ status, headers: got, url: url.href, body: Buffer.concat(chunks).toString('utf8') });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  };

  return {
    /** one request, whatever its answer is */
    once: (url: string, options: RequestOptions = {}, body?: Buffer | string) => once(new URL(url), options, body),
    /** a request and the redirects after it */
    async follow(url: string, options: RequestOptions = {}, body?: string): Promise<Answer> {
      let answer = await once(new URL(url), options, body);
      for (let hops = 0; answer.headers.location !== undefined && hops < 12; hops += 1) {
        answer = await once(new URL(answer.headers.location, answer.url), {});
      }
      return answer;
    },
    cookies: (url: string) => [...(jars.get(new URL(url).host)?.keys() ?? [])],
  };
}
