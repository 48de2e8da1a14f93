import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalClock } from '../clock.ts';
import type { Services } from '../deployment/start-services.ts';
import { readBody } from '../http-api/read-body.ts';
import type { Blueprint } from '../template/blueprint.ts';
import { ServiceError } from '../types.ts';
import { bucketPage } from './bucket-page.ts';
import { createControl } from './control.ts';
import { executionPage } from './execution-page.ts';
import { functionPage } from './function-page.ts';
import { html, type Markup, page, send, zone } from './html.ts';
import { machinePage } from './machine-page.ts';
import { moment } from './moment.ts';
import { overviewPage } from './overview-page.ts';
import { queuePage, redriveAll, redriveMessage, removeMessage } from './queue-page.ts';
import { searchPage } from './search-page.ts';
import { tablePage } from './table-page.ts';

export interface ConsoleOptions {
  readonly blueprint: Blueprint;
  readonly services: Services;
  readonly clock: LocalClock;
  readonly controlKey: string;
  token(sub: string): Promise<string>;
}

/** What a page is made from. */
export interface PageContext {
  readonly blueprint: Blueprint;
  readonly services: Services;
  readonly clock: LocalClock;
  readonly query: URLSearchParams;
}

type Page = (context: PageContext, name: string) => Promise<Markup>;

const pages: Readonly<Record<string, Page>> = {
  '': overviewPage,
  buckets: bucketPage,
  executions: executionPage,
  functions: functionPage,
  machines: machinePage,
  queues: queuePage,
  search: searchPage,
  tables: tablePage,
};

const MOST_FORM_BYTES = 10_000;

/** What is served at `/_aws`: pages to look at the stack, and control for scripts that have the key. */
export function createConsole(options: ConsoleOptions) {
  const { blueprint, services, clock } = options;
  const control = createControl({ ...options, crashTables: services.tables.crash });

  const actions: Readonly<Record<string, (form: URLSearchParams) => Promise<void>>> = {
    'executions/redrive': async (form) => {
      await services.states.call('RedriveExecution', { executionArn: form.get('arn') });
    },
    'queues/redrive': (form) => redriveMessage({ blueprint, services, clock, query: form }),
    'queues/remove': (form) => removeMessage({ blueprint, services, clock, query: form }),
    'queues/redrive-all': (form) => redriveAll({ blueprint, services, clock, query: form }),
  };

  const act = async (action: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = (await readBody(request, MOST_FORM_BYTES))?.toString('utf8') ?? '';
    // Another site's form must not act here: browsers say where a form comes from.
    if (!isOwnForm(request)) return send(response, 403, 'text/plain', 'Forbidden');
    const form = new URLSearchParams(body);
    const back = form.get('back')?.startsWith('/_aws') ? String(form.get('back')) : '/_aws';
    try {
      await actions[action]?.(form);
      response.writeHead(303, { location: back }).end();
    } catch (error) {
      refuse(error, response, back);
    }
  };

  const navigation = (): Markup =>
    html`<nav><a href="/_aws">${blueprint.stackName}</a><a href="/mail">Mail</a>
      <span>${moment(clock.now())} ${zone}</span></nav>`;

  /** Says what a service refused. Throws what is no refusal. */
  const refuse = (error: unknown, response: ServerResponse, back: string): void => {
    if (!(error instanceof ServiceError)) throw error;
    const content = html`<h1>That did not work</h1>
      <div class="card bad"><p><b>${error.code}</b></p><p class="cause">${error.message}</p></div>
      <p><a href="${back}">Back</a></p>`;
    send(response, error.status, 'text/html', page(error.code, content, navigation()));
  };

  const show = async (kind: string, name: string, query: URLSearchParams, response: ServerResponse): Promise<void> => {
    const make = Object.hasOwn(pages, kind) ? pages[kind] : undefined;
    if (make === undefined) return send(response, 404, 'text/plain', 'Not Found');
    const content = await make({ blueprint, services, clock, query }, name);
    send(response, 200, 'text/html', page(name || blueprint.stackName, content, navigation()));
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, , kind = '', ...rest] = url.pathname.split('/').map(decoded);
    const name = rest.join('/');
    try {
      const controlled = name === '' ? control(kind, request, response) : undefined;
      if (controlled !== undefined) return await controlled;
      if (request.method === 'POST' && Object.hasOwn(actions, `${kind}/${name}`)) {
        return await act(`${kind}/${name}`, request, response);
      }
      if (request.method !== 'GET') return send(response, 405, 'text/plain', 'Method Not Allowed');
      await show(kind, name, url.searchParams, response);
    } catch (error) {
      refuse(error, response, '/_aws');
    }
  };
}

/** A part of a path, as it stands where it cannot be decoded. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function isOwnForm(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (request.headers['sec-fetch-site'] === 'same-origin') return true;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
