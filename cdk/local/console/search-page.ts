import { z } from 'zod';
import { line } from './function-page.ts';
import { html, type Markup, pill } from './html.ts';
import type { PageContext } from './index.ts';
import { itemsWith } from './item-search.ts';
import { moment } from './moment.ts';
import { functionLink, logAddress } from './names.ts';

const page = z.object({
  executions: z.array(
    z.object({ executionArn: z.string(), name: z.string(), status: z.string(), startDate: z.number() }),
  ),
  nextToken: z.string().optional(),
});
type Execution = z.output<typeof page>['executions'][number];

/** Executions looked at for each state machine, the latest first. */
const LOOKED_AT = 10_000;
const SHOWN = 100;
/** Entries of each function's log. */
const LINES = 5;

/** Whatever has to do with a text: executions by their name, what functions logged, and items by their keys. */
export async function searchPage(context: PageContext): Promise<Markup> {
  const wanted = (context.query.get('name') ?? '').trim();
  const found = await executionsCalled(context, wanted);
  return html`<h1>${wanted === '' ? 'The latest executions' : wanted}</h1>${searchForm(wanted)}
    <h2>Executions</h2>
    ${found.length === 0 ? html`<p>None of the latest executions is called so.</p>` : ''}
    <table tabindex="0">${found.slice(0, SHOWN).map(
      ({ executionArn, name, status, startDate }) => html`<tr>
        <td><a href="/_aws/executions?arn=${encodeURIComponent(executionArn)}">${name}</a></td><td>${pill(status)}</td>
        <td>${moment(startDate * 1_000)}</td></tr>`,
    )}</table>
    ${wanted === '' ? '' : html`${await logsWith(context, wanted)}${await itemsWith(context, wanted)}`}`;
}

async function executionsCalled({ blueprint, services }: PageContext, wanted: string): Promise<readonly Execution[]> {
  const found: Execution[] = [];
  for (const { arn: stateMachineArn } of blueprint.stateMachines) {
    let nextToken: string | undefined;
    for (let seen = 0; seen < LOOKED_AT; seen += 1_000) {
      const input = { stateMachineArn, maxResults: 1_000, ...(nextToken && { nextToken }) };
      const read = page.parse(await services.states.call('ListExecutions', input));
      found.push(...read.executions.filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase())));
      nextToken = read.nextToken;
      if (nextToken === undefined) break;
    }
  }
  return found.sort((a, b) => b.startDate - a.startDate);
}

async function logsWith({ blueprint, services }: PageContext, text: string): Promise<Markup> {
  const logs = await Promise.all(
    blueprint.functions.map(async ({ name }) => ({
      name,
      entries: await services.lambda.logs(name, { text, limit: LINES }),
    })),
  );
  const some = logs.filter(({ entries }) => entries.length > 0);
  return html`<h2>Logs</h2>${some.length === 0 ? html`<p>No function has logged anything with it.</p>` : ''}
    ${some.map(
      ({ name, entries }) => html`<p>${functionLink(blueprint, name)}
        (<a href="${logAddress(name)}?text=${encodeURIComponent(text)}">${entries.length === LINES ? 'more' : 'there'}</a>)</p>
        <ol class="log">${entries.map((entry) => line(logAddress(name), entry))}</ol>`,
    )}`;
}

/** Where one types what to look for. */
export function searchForm(name = ''): Markup {
  return html`<form action="/_aws/search"><label>Find by name or number <input name="name" type="search" value="${name}"></label>
    <button>Find</button></form>`;
}
