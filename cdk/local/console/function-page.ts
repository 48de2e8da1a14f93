import { html, type Markup, pill } from './html.ts';
import type { PageContext } from './index.ts';
import { moment } from './moment.ts';

/** A function's last calls and its log, or the log of one call. */
export async function functionPage({ services, query }: PageContext, name: string): Promise<Markup> {
  const requestId = query.get('requestId') ?? undefined;
  const entries = await services.lambda.logs(name, { limit: 200, ...(requestId !== undefined && { requestId }) });
  const found = services.lambda.describe().find((each) => each.definition.name === name);
  const here = `/_aws/functions/${encodeURIComponent(name)}`;
  return html`<h1>${name}</h1>
    <p>${found?.definition.memoryMb ?? 0} MB, ${found?.definition.timeoutSeconds ?? 0} s; ${found?.environments ?? 0} environments,
      ${found?.waiting ?? 0} calls waiting, ${found?.throttles ?? 0} throttled</p>
    <h2>Last calls</h2>
    <table><tr><th>When</th><th>Result</th><th class="n">Took</th><th class="n">Start</th><th class="n">Memory</th><th>Log</th></tr>${(
      found?.recent ?? []
    ).map(
      (call) => html`<tr><td>${moment(call.at)}</td><td>${pill(call.status)} ${call.errorType ?? ''}</td>
        <td class="n">${call.durationMs} ms</td><td class="n">${call.initMs === undefined ? '' : `${call.initMs} ms`}</td>
        <td class="n">${call.maxMemoryMb} MB</td><td><a href="${here}?requestId=${call.requestId}">${call.requestId.slice(0, 8)}</a></td></tr>`,
    )}</table>
    <h2>Log${requestId === undefined ? '' : html` of ${requestId} (<a href="${here}">all</a>)`}</h2>
    <pre>${entries.map(
      (entry) =>
        html`<span class="${levels[entry.level] ?? ''}">${entry.time} ${entry.level}</span> ${
          typeof entry.message === 'string' ? entry.message : JSON.stringify(entry.message)
        }\n`,
    )}</pre>`;
}

const levels: Readonly<Record<string, string>> = { ERROR: 'error', FATAL: 'error', WARN: 'odd' };
