import { z } from 'zod';
import { readFailureMessage } from '../streams/failure-message.ts';
import { readCause } from './cause.ts';
import { html, type Markup } from './html.ts';
import type { PageContext } from './index.ts';
import { moment } from './moment.ts';
import { functionLink, functionName } from './names.ts';

const listed = z.object({ executions: z.array(z.object({ executionArn: z.string() })) });
const described = z.object({
  executionArn: z.string(),
  name: z.string(),
  stopDate: z.number().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
  redriveStatus: z.string().optional(),
});

/** Of each kind of trouble so many are told in full. */
const TOLD = 10;

/** What somebody should look at, each with the way to mend it: what failed, what was given up, what is in the way. */
export async function troubles(context: PageContext): Promise<readonly Markup[]> {
  const executions = await Promise.all(
    context.blueprint.stateMachines.map(({ arn }) => failedExecutions(context, arn)),
  );
  return [...executions.flat(), ...givenUp(context), ...inTheWay(context), ...failingFunctions(context)];
}

async function failedExecutions({ services: { states } }: PageContext, stateMachineArn: string): Promise<Markup[]> {
  const found: Markup[] = [];
  for (const statusFilter of ['FAILED', 'TIMED_OUT']) {
    const list = await states.call('ListExecutions', { stateMachineArn, statusFilter, maxResults: TOLD });
    for (const { executionArn } of listed.parse(list).executions) {
      const { name, stopDate, error, cause, redriveStatus } = described.parse(
        await states.call('DescribeExecution', { executionArn }),
      );
      found.push(html`<div class="card bad"><p><a href="/_aws/executions?arn=${encodeURIComponent(executionArn)}">${name}</a>
        stopped ${moment((stopDate ?? 0) * 1_000)}: <b>${error ?? statusFilter}</b> ${shortened(readCause(cause ?? '').message)}</p>
        ${redriveStatus === 'NOT_REDRIVABLE' ? '' : redriveForm(executionArn)}</div>`);
    }
  }
  return found;
}

function redriveForm(arn: string): Markup {
  return html`<form method="post" action="/_aws/executions/redrive"><input type="hidden" name="arn" value="${arn}">
    <input type="hidden" name="back" value="/_aws/executions?arn=${encodeURIComponent(arn)}"><button>Redrive</button></form>`;
}

function givenUp({ blueprint, services: { queues } }: PageContext): Markup[] {
  return blueprint.queues.flatMap((queue) => {
    const places = queues
      .peek(queue, 1_000)
      .map((message) => readFailureMessage(message.body))
      .filter((each) => each !== undefined);
    if (places.length === 0) return [];
    const functions = [...new Set(places.map((each) => functionName(blueprint, each.functionArn)))].join(', ');
    return html`<div class="card bad"><p>${functions} could not deal with records of its stream:
      <a href="/_aws/queues/${queue.name}">${places.length} set aside</a></p>
      <form method="post" action="/_aws/queues/redrive-all"><input type="hidden" name="queue" value="${queue.name}">
      <input type="hidden" name="back" value="/_aws/queues/${queue.name}"><button>Give all records again</button></form></div>`;
  });
}

/** A reader that gets no further, once for each function: its lanes are most often stopped by the same. */
function inTheWay({ blueprint, clock, services: { streams } }: PageContext): Markup[] {
  const stopped = streams.list().filter(({ lastError }) => lastError !== undefined);
  const readers = Map.groupBy(stopped, ({ source }) => source.functionArn);
  return [...readers].map(([functionArn, lanes]) => {
    const tries = Math.max(...lanes.map(({ attempts }) => attempts)) + 1;
    const { message } = readCause(lanes[0]?.lastError ?? '');
    return html`<div class="card bad"><p>${functionLink(blueprint, functionArn, { at: clock.now() })} is at
      ${lanes.length === 1 ? 'a record' : `${lanes.length} records`} of its stream that ${lanes.length === 1 ? 'is' : 'are'} in the way,
      try ${tries}: ${shortened(message)} It is tried again by itself.</p></div>`;
  });
}

function failingFunctions({ blueprint, services: { lambda } }: PageContext): Markup[] {
  return lambda.describe().flatMap(({ definition, recent: [last] }) =>
    last === undefined || last.status === 'success'
      ? []
      : html`<div class="card bad"><p>${functionLink(blueprint, definition.arn)} failed at its last call, ${moment(last.at)}:
        <a href="/_aws/functions/${definition.name}?requestId=${last.requestId}">${last.errorType ?? last.status}</a></p></div>`,
  );
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
