import { z } from 'zod';
import { html, type Markup, pill } from './html.ts';
import type { PageContext } from './index.ts';
import { moment } from './moment.ts';

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

/** Executions of all state machines whose name holds what is looked for. */
export async function searchPage({ blueprint, services: { states }, query }: PageContext): Promise<Markup> {
  const wanted = (query.get('name') ?? '').trim();
  const found: Execution[] = [];
  for (const { arn: stateMachineArn } of blueprint.stateMachines) {
    let nextToken: string | undefined;
    for (let seen = 0; seen < LOOKED_AT; seen += 1_000) {
      const input = { stateMachineArn, maxResults: 1_000, ...(nextToken && { nextToken }) };
      const read = page.parse(await states.call('ListExecutions', input));
      found.push(...read.executions.filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase())));
      nextToken = read.nextToken;
      if (nextToken === undefined) break;
    }
  }
  const latest = found.sort((a, b) => b.startDate - a.startDate).slice(0, SHOWN);
  return html`<h1>Executions</h1>${searchForm(wanted)}
    ${found.length === 0 ? html`<p>None of the latest executions is called so.</p>` : ''}
    <table>${latest.map(
      ({ executionArn, name, status, startDate }) => html`<tr>
        <td><a href="/_aws/executions?arn=${encodeURIComponent(executionArn)}">${name}</a></td><td>${pill(status)}</td>
        <td><time>${moment(startDate * 1_000)}</time></td></tr>`,
    )}</table>`;
}

/** Where one types what an execution is called. */
export function searchForm(name = ''): Markup {
  return html`<form action="/_aws/search"><label>Find an execution <input name="name" type="search" value="${name}"></label>
    <button>Find</button></form>`;
}
