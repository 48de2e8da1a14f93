import type { LogEntry, LogQuery } from '../lambda/log-store.ts';
import { ServiceError } from '../types.ts';
import { html, type Markup, pill } from './html.ts';
import type { PageContext } from './index.ts';
import { moment } from './moment.ts';
import { functionName, logAddress } from './names.ts';

const SHOWN = 200;

/** A function's last calls and its log: all of it, that of one call, or what it says of a time or with a text in it. */
export async function functionPage({ blueprint, services, query }: PageContext, name: string): Promise<Markup> {
  const found = services.lambda.describe().find((each) => each.definition.name === name);
  if (found === undefined) throw new ServiceError('ResourceNotFoundException', `There is no function ${name}.`, 404);
  const asked = askedOf(query);
  const entries = await services.lambda.logs(name, { limit: SHOWN, ...asked });
  const here = logAddress(name);
  const { definition, environments, waiting, throttles, recent } = found;
  return html`<h1>${functionName(blueprint, name)}</h1>
    <p class="badge">${name}: ${definition.memoryMb} MB, ${definition.timeoutSeconds} s; ${environments} environments,
      ${waiting} calls waiting, ${throttles} throttled</p>
    <h2>Last calls</h2>
    ${recent.length === 0 ? html`<p>It was not called since the start.</p>` : ''}
    ${
      recent.length === 0
        ? ''
        : html`<table><tr><th>When</th><th>Result</th><th class="n">Took</th><th class="n">Start</th><th class="n">Memory</th><th>Log</th></tr>${recent.map(
            (call) => html`<tr><td>${moment(call.at)}</td><td>${pill(call.status)} ${call.errorType ?? ''}</td>
        <td class="n">${call.durationMs} ms</td><td class="n">${call.initMs === undefined ? '' : `${call.initMs} ms`}</td>
        <td class="n">${call.maxMemoryMb} MB</td><td>${callLink(here, call.requestId)}</td></tr>`,
          )}</table>`
    }
    <h2>Log${spanOf(asked)}${Object.keys(asked).length === 0 ? '' : html` (<a href="${here}">all</a>)`}</h2>
    <form action="${here}"><label>With the text <input name="text" type="search" value="${asked.text ?? ''}"></label> <button>Show</button></form>
    ${entries.length === 0 ? html`<p>It has nothing${Object.keys(asked).length === 0 ? '' : ' of that'}.</p>` : html`<p class="badge">${entries.length === SHOWN ? `The last ${SHOWN} entries, the newest at the end.` : 'The newest is at the end.'}</p>`}
    <ol class="log">${entries.map((entry) => line(here, entry))}</ol>`;
}

function askedOf(query: URLSearchParams): Pick<LogQuery, 'requestId' | 'from' | 'to' | 'text'> {
  const [requestId, text] = [query.get('requestId') ?? '', query.get('text') ?? ''];
  const [from, to] = ['from', 'to'].map((name) =>
    /^\d{1,15}$/.test(query.get(name) ?? '') ? Number(query.get(name)) : undefined,
  );
  return {
    ...(requestId !== '' && { requestId }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(text !== '' && { text }),
  };
}

function spanOf({ requestId, from, to, text }: ReturnType<typeof askedOf>): Markup {
  return html`${requestId === undefined ? '' : ` of the call ${requestId}`}${
    from === undefined || to === undefined ? '' : html` from ${moment(from)} to ${moment(to)}`
  }${text === undefined ? '' : html` with “${text}”`}`;
}

function callLink(here: string, requestId: string): Markup {
  return html`<a href="${here}?requestId=${requestId}">${requestId.slice(0, 8)}</a>`;
}

const levels: Readonly<Record<string, string>> = { ERROR: 'error', FATAL: 'error', WARN: 'odd' };

/** An entry of a log: when, how serious, of which call, and what. */
export function line(here: string, { time, level, requestId, message }: LogEntry): Markup {
  return html`<li>${moment(Date.parse(time))} <span class="${levels[level] ?? ''}">${level}</span>
    ${requestId === undefined ? '' : callLink(here, requestId)}
    <code>${typeof message === 'string' ? message : JSON.stringify(message)}</code></li>`;
}
