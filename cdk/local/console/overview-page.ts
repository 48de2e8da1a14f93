import { z } from 'zod';
import { html, type Markup } from './html.ts';
import type { PageContext } from './index.ts';
import { moment } from './moment.ts';

const machineList = z.object({ stateMachines: z.array(z.object({ name: z.string(), stateMachineArn: z.string() })) });
const executionList = z.object({ executions: z.array(z.unknown()), nextToken: z.string().optional() });

/** Everything the stack has, with what one would look at first: errors, what waits, what lies in a queue. */
export async function overviewPage({ blueprint, services, clock }: PageContext): Promise<Markup> {
  const { lambda, states, queues, streams, schedules } = services;
  const { stateMachines } = machineList.parse(await states.call('ListStateMachines', {}));
  const machines = await Promise.all(
    stateMachines.map(async (machine) => ({
      ...machine,
      running: await count(states, machine.stateMachineArn, 'RUNNING'),
      failed: await count(states, machine.stateMachineArn, 'FAILED'),
    })),
  );
  const busy = clock.underWay();
  return html`<h1>${blueprint.stackName}</h1>
    ${busy.length === 0 ? '' : html`<p class="badge">Under way: ${busy.slice(0, 10).join(' · ')}</p>`}
    <h2>State machines</h2>
    <table><tr><th>Name</th><th>Running</th><th>Failed</th></tr>${machines.map(
      ({ name, running, failed }) => html`<tr><td><a href="/_aws/machines/${name}">${name}</a></td>
        <td>${running}</td><td>${failed}</td></tr>`,
    )}</table>
    <h2>Functions</h2>
    <table><tr><th>Name</th><th>Calls</th><th>Errors</th><th>Cold</th><th>Last</th></tr>${lambda.describe().map(
      (fn) => html`<tr><td><a href="/_aws/functions/${fn.definition.name}">${fn.definition.name}</a></td>
        <td>${fn.invocations}</td><td>${fn.errors}</td><td>${fn.coldStarts}</td>
        <td>${fn.recent[0] ? `${moment(fn.recent[0].at)} ${fn.recent[0].status}` : ''}</td></tr>`,
    )}</table>
    <h2>Streams</h2>
    <table><tr><th>Function</th><th>Position</th><th>In its way</th></tr>${streams.list().map(
      (each) => html`<tr><td>${each.source.functionArn.replace(/.*:/, '')}</td><td>${each.position ?? 'beginning'}</td>
        <td>${each.lastError === undefined ? '' : html`try ${each.attempts + 1}: ${each.lastError}`}</td></tr>`,
    )}</table>
    <h2>Queues</h2>
    <table><tr><th>Name</th><th>Visible</th><th>In flight</th><th>Delayed</th></tr>${blueprint.queues.map((queue) => {
      const { visible, hidden, delayed } = queues.counts(queue);
      return html`<tr><td><a href="/_aws/queues/${queue.name}">${queue.name}</a></td><td>${visible}</td>
        <td>${hidden}</td><td>${delayed}</td></tr>`;
    })}</table>
    <h2>Tables</h2>
    <ul>${blueprint.tables.map(({ name }) => html`<li><a href="/_aws/tables/${name}">${name}</a></li>`)}</ul>
    <h2>Schedules</h2>
    <table><tr><th>Name</th><th>When</th><th>Last</th><th>Next</th></tr>${schedules.list().map(
      ({ schedule, lastRun, nextRun }) => html`<tr><td>${schedule.name}</td><td>${schedule.expression}</td>
        <td>${lastRun === undefined ? '' : moment(lastRun)}</td><td>${nextRun === undefined ? 'never' : moment(nextRun)}</td></tr>`,
    )}</table>`;
}

async function count(
  states: PageContext['services']['states'],
  stateMachineArn: string,
  status: string,
): Promise<string> {
  const input = { stateMachineArn, statusFilter: status, maxResults: 1_000 };
  const { executions, nextToken } = executionList.parse(await states.call('ListExecutions', input));
  return nextToken === undefined ? String(executions.length) : `${executions.length}+`;
}
