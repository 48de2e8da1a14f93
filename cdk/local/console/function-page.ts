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
  const isWhole = Object.keys(asked).length === 0;
  const calls = html`<h2>Last calls</h2>
    ${recent.length === 0 ? html`<p>It was not called since the start.</p>` : ''}
    ${
      recent.length === 0
        ? ''
        : html`<table tabindex="0"><tr><th>When</th><th>Result</th><th class="n">Took</th><th class="n">Start</th><th class="n">Memory</th><th>Log</th></tr>${recent.map(
            (call) => html`<tr><td>${moment(call.at)}</td><td>${pill(call.status)} ${call.errorType ?? ''}</td>
        <td class="n">${call.durationMs} ms</td><td class="n">${call.initMs === undefined ? '' : `${call.initMs} ms`}</td>
        <td class="n">${call.maxMemoryMb} MB</td><td>${callLink(here, call.requestId)}</td></tr>`,
          )}</table>`
    }
`;
  // What is looked for is read like a story, and a whole log for what it says last.
  const log = html`<h2>Log${spanOf(asked)}${isWhole ? '' : html` (<a href="${here}">all</a>)`}</h2>
    <form action="${here}"><label>With the text <input name="text" type="search" value="${asked.text ?? ''}"></label> <button>Show</button></form>
    <p class="badge">${aboutLog(entries.length, isWhole)}</p>
    <ol class="log">${(isWhole ? entries.toReversed() : entries).map((entry) => line(here, entry))}</ol>`;
  return html`<h1>${functionName(blueprint, name)}</h1>
    <p class="badge">${name}: ${definition.memoryMb} MB, ${definition.timeoutSeconds} s; ${environments} environments,
      ${waiting} calls waiting, ${throttles} throttled</p>
    ${isWhole ? [calls, log] : [log, calls]}`;
}

function aboutLog(count: number, isWhole: boolean): string {
  if (count === 0) return isWhole ? 'It has logged nothing.' : 'It has logged nothing of that.';
  const shown = count === SHOWN ? `The last ${SHOWN} entries` : `${count} entries`;
  return `${shown}, the ${isWhole ? 'newest' : 'oldest'} first.`;
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
