import { z } from 'zod';
import { nothingToDo } from '../template/nothing-to-do.ts';
import { html, type Markup, pill } from './html.ts';
import type { PageContext } from './index.ts';
import { moment } from './moment.ts';
import { breakable, functionName, shortName } from './names.ts';
import { searchForm } from './search-page.ts';
import { troubles } from './trouble.ts';

const machineList = z.object({ stateMachines: z.array(z.object({ name: z.string(), stateMachineArn: z.string() })) });
const executionList = z.object({ executions: z.array(z.unknown()), nextToken: z.string().optional() });

const counted = ['RUNNING', 'FAILED', 'TIMED_OUT', 'SUCCEEDED', 'ABORTED'];

/** Everything the stack has, with what one would look at first: errors, what waits, what lies in a queue. */
export async function overviewPage(context: PageContext): Promise<Markup> {
  const { blueprint, services, clock } = context;
  const { lambda, objects, states, queues, streams, schedules } = services;
  const { stateMachines } = machineList.parse(await states.call('ListStateMachines', {}));
  const machines = await Promise.all(
    stateMachines.map(async (machine) => ({
      ...machine,
      counts: await Promise.all(counted.map((status) => count(states, machine.stateMachineArn, status))),
    })),
  );
  const busy = clock.underWay();
  const found = await troubles(context);
  return html`<h1>${blueprint.stackName}</h1>
    ${searchForm()}
    <h2>What needs a look</h2>
    ${found.length === 0 ? html`<div class="card fine"><p>Nothing has failed and nothing is in the way.</p></div>` : found}
    ${busy.length === 0 ? '' : html`<p class="badge">Under way: ${busy.slice(0, 10).join(' · ')}</p>`}
    <h2>State machines</h2>
    <table tabindex="0"><tr><th>Name</th>${counted.map((status) => html`<th class="n">${status.toLowerCase().replace('_', ' ')}</th>`)}</tr>
    ${machines.map(
      ({ name, counts }) =>
        html`<tr><td><a href="/_aws/machines/${name}">${name}</a></td>${counts.map(
          (each, index) =>
            html`<td class="n"><a href="/_aws/machines/${name}?status=${counted[index] ?? ''}">${each}</a></td>`,
        )}</tr>`,
    )}</table>
    <h2>Functions</h2>
    <table tabindex="0"><tr><th>Name</th><th class="n">Calls</th><th class="n">Errors</th><th class="n">Throttled</th><th class="n">Starts</th><th class="n">Now</th><th>Last</th></tr>${lambda
      .describe()
      .map(
        (
          fn,
        ) => html`<tr><td><a href="/_aws/functions/${fn.definition.name}">${breakable(functionName(blueprint, fn.definition.arn))}</a></td>
        <td class="n">${fn.invocations}</td><td class="n ${fn.errors > 0 ? 'bad' : ''}">${fn.errors}</td><td class="n">${fn.throttles}</td>
        <td class="n">${fn.coldStarts}</td><td class="n">${fn.environments}</td>
        <td>${fn.recent[0] ? html`${moment(fn.recent[0].at)} ${pill(fn.recent[0].status)}` : ''}</td></tr>`,
      )}</table>
    <h2>Streams</h2>
    <table tabindex="0"><tr><th>Function</th><th class="n">Positions</th><th>In its way</th></tr>${blueprint.eventSources.map(
      (source) => {
        const lanes = streams.list().filter((each) => each.source.id === source.id);
        const [blocked] = lanes.filter(({ lastError }) => lastError !== undefined);
        return html`<tr><td>${breakable(functionName(blueprint, source.functionArn))}</td>
        <td class="n">${[...new Set(lanes.map(({ position }) => position ?? 'beginning'))].join(', ')}</td>
        <td class="bad">${blocked === undefined ? '' : html`try ${blocked.attempts + 1}: ${blocked.lastError ?? ''}`}</td></tr>`;
      },
    )}</table>
    <h2>Queues</h2>
    <table tabindex="0"><tr><th>Name</th><th class="n">Visible</th><th class="n">In flight</th><th class="n">Delayed</th></tr>${blueprint.queues.map(
      (queue) => {
        const { visible, hidden, delayed } = queues.counts(queue);
        return html`<tr><td><a href="/_aws/queues/${queue.name}">${breakable(shortName(queue.logicalId))}</a></td><td class="n">${visible}</td>
        <td class="n">${hidden}</td><td class="n">${delayed}</td></tr>`;
      },
    )}</table>
    <h2>Tables</h2>
    <ul>${blueprint.tables.map(
      ({ name, logicalId }) => html`<li><a href="/_aws/tables/${name}">${shortName(logicalId)}</a></li>`,
    )}</ul>
    ${blueprint.buckets.length === 0 ? '' : html`<h2>Buckets</h2>`}
    ${blueprint.buckets.map(({ name }) => {
      const { objects: there, versions, bytes } = objects.counts(name);
      return html`<p><a href="/_aws/buckets/${name}">${name}</a>: ${there} objects, ${versions} versions, ${bytes} bytes</p>`;
    })}
    <h2>Schedules</h2>
    <table tabindex="0"><tr><th>Name</th><th class="n">When</th><th>Last</th><th>Next</th></tr>${schedules.list().map(
      ({
        schedule,
        lastRun,
        nextRun,
      }) => html`<tr><td>${breakable(shortName(schedule.logicalId))}</td><td class="n">${schedule.expression}</td>
        <td>${lastRun === undefined ? '' : moment(lastRun)}</td><td>${nextRun === undefined ? 'never' : moment(nextRun)}</td></tr>`,
    )}</table>
    <h2>Nothing to do here</h2>
    <details><summary>${blueprint.idle.length} resources of the template change nothing on one machine</summary>
    <table tabindex="0">${blueprint.idle.map(
      ({ logicalId, type }) => html`<tr><td>${logicalId}</td><td>${type}</td><td>${nothingToDo[type] ?? ''}</td></tr>`,
    )}</table></details>`;
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
