import { z } from 'zod';
import { ServiceError } from '../types.ts';
import { html, type Markup, pill } from './html.ts';
import type { PageContext } from './index.ts';
import { drawMachine, type Machine, machineSchema } from './machine-drawing.ts';
import { moment } from './moment.ts';

const described = z.object({ definition: z.string() });
const listed = z.object({
  executions: z.array(
    z.object({
      executionArn: z.string(),
      name: z.string(),
      status: z.string(),
      startDate: z.number(),
      stopDate: z.number().optional(),
    }),
  ),
  nextToken: z.string().optional(),
});

const statuses = ['RUNNING', 'FAILED', 'TIMED_OUT', 'SUCCEEDED', 'ABORTED'];

/** A state machine drawn, and its executions, newest first. */
export async function machinePage({ blueprint, services, query }: PageContext, name: string): Promise<Markup> {
  const stateMachineArn = blueprint.stateMachines.find((each) => each.name === name)?.arn;
  if (stateMachineArn === undefined) throw new ServiceError('StateMachineDoesNotExist', `There is no ${name}.`, 404);
  const { definition } = described.parse(await services.states.call('DescribeStateMachine', { stateMachineArn }));
  const status = statuses.find((each) => each === query.get('status'));
  const nextToken = query.get('next') ?? undefined;
  const input = {
    stateMachineArn,
    maxResults: 50,
    ...(status && { statusFilter: status }),
    ...(nextToken && { nextToken }),
  };
  const page = listed.parse(await services.states.call('ListExecutions', input));
  const machine: Machine = machineSchema.parse(JSON.parse(definition));
  const here = `/_aws/machines/${encodeURIComponent(name)}`;
  return html`<h1>${name}</h1>
    <details><summary>Definition</summary><div class="picture">${drawMachine(machine, { states: new Map(), ways: new Set() })}</div></details>
    <p>Executions: <a href="${here}">all</a> ${statuses.map((each) => html` · <a href="${here}?status=${each}">${each}</a>`)}</p>
    ${page.executions.length === 0 ? html`<p>There are none${status === undefined ? '' : ` that are ${status}`}.</p>` : ''}
    <table tabindex="0"><tr><th>Execution</th><th>Status</th><th>Started</th><th>Ended</th></tr>${page.executions.map(
      (
        each,
      ) => html`<tr><td><a href="/_aws/executions?arn=${encodeURIComponent(each.executionArn)}">${each.name}</a></td>
        <td>${pill(each.status)}</td><td>${moment(each.startDate * 1_000)}</td>
        <td>${each.stopDate === undefined ? '' : moment(each.stopDate * 1_000)}</td></tr>`,
    )}</table>
    ${page.nextToken === undefined ? '' : html`<p><a href="${here}?status=${status ?? ''}&next=${encodeURIComponent(page.nextToken)}">More</a></p>`}`;
}
