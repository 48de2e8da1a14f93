import { z } from 'zod';
import { html, type Markup } from './html.ts';
import type { PageContext } from './index.ts';
import { drawMachine, machineSchema, type Path } from './machine-drawing.ts';
import { moment } from './moment.ts';

const described = z.object({
  name: z.string(),
  status: z.string(),
  stateMachineArn: z.string(),
  startDate: z.number(),
  stopDate: z.number().optional(),
  input: z.string().optional(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
  redriveStatus: z.string().optional(),
});
const event = z.looseObject({
  id: z.number(),
  type: z.string(),
  timestamp: z.number(),
  previousEventId: z.number().optional(),
  stateEnteredEventDetails: z.looseObject({ name: z.string() }).optional(),
  stateExitedEventDetails: z.looseObject({ name: z.string() }).optional(),
});
type Event = z.output<typeof event>;
const history = z.object({ events: z.array(event), nextToken: z.string().optional() });
const definitionOf = z.object({ definition: z.string() });

/** Events read for the picture at most; the page shows the last of them. */
const MOST_EVENTS = 5_000;
const SHOWN = 300;

/** An execution: its state machine with the path taken, what went in and came out, and its history. */
export async function executionPage({ services, query }: PageContext): Promise<Markup> {
  const { states } = services;
  const executionArn = query.get('arn') ?? '';
  const execution = described.parse(await states.call('DescribeExecution', { executionArn }));
  const { definition } = definitionOf.parse(await states.call('DescribeStateMachineForExecution', { executionArn }));
  const events = await eventsOf(states, executionArn);
  const machine = execution.stateMachineArn.replace(/.*:/, '');
  const failed = ['FAILED', 'TIMED_OUT', 'ABORTED'].includes(execution.status);
  const entries: [string, string | undefined][] = [
    ['Status', execution.status],
    ['Started', moment(execution.startDate * 1_000)],
    ['Ended', execution.stopDate === undefined ? undefined : moment(execution.stopDate * 1_000)],
    ['Error', execution.error],
    ['Cause', execution.cause],
  ];
  return html`<p><a href="/_aws/machines/${machine}">${machine}</a></p><h1>${execution.name}</h1>
    <dl>${entries.map(([name, value]) => (value === undefined ? '' : html`<dt>${name}</dt><dd>${value}</dd>`))}</dl>
    ${
      failed
        ? html`<form method="post" action="/_aws/executions/redrive"><input type="hidden" name="arn" value="${executionArn}">
      <input type="hidden" name="back" value="/_aws/executions?arn=${encodeURIComponent(executionArn)}"><button>Redrive</button></form>`
        : ''
    }
    ${drawMachine(machineSchema.parse(JSON.parse(definition)), pathOf(events, failed))}
    <h2>Input</h2><pre>${execution.input ?? ''}</pre>
    ${execution.output === undefined ? '' : html`<h2>Output</h2><pre>${execution.output}</pre>`}
    <h2>History</h2>
    <table><tr><th>#</th><th>When</th><th>What</th><th></th></tr>${events.slice(-SHOWN).map(
      (each) =>
        html`<tr><td>${each.id}</td><td><time>${moment(each.timestamp * 1_000)}</time></td><td>${each.type}</td>
        <td>${detailOf(each)}</td></tr>`,
    )}</table>`;
}

async function eventsOf(states: PageContext['services']['states'], executionArn: string): Promise<readonly Event[]> {
  const found: Event[] = [];
  let nextToken: string | undefined;
  do {
    const input = { executionArn, maxResults: 1_000, includeExecutionData: true, ...(nextToken && { nextToken }) };
    const page = history.parse(await states.call('GetExecutionHistory', input));
    found.push(...page.events);
    nextToken = page.nextToken;
  } while (nextToken !== undefined && found.length < MOST_EVENTS);
  return found;
}

/** Where an execution went: states it was in, and the steps between them, followed by what caused what. */
function pathOf(events: readonly Event[], failed: boolean): Path {
  const states = new Map<string, 'done' | 'now' | 'failed'>();
  const steps = new Set<string>();
  const byId = new Map(events.map((each) => [each.id, each]));
  for (const each of events) {
    const entered = each.stateEnteredEventDetails?.name;
    const exited = each.stateExitedEventDetails?.name;
    if (exited !== undefined) states.set(exited, 'done');
    if (entered === undefined) continue;
    states.set(entered, failed ? 'failed' : 'now');
    const from = byId.get(each.previousEventId ?? 0)?.stateExitedEventDetails?.name;
    if (from !== undefined) steps.add(`${from} → ${entered}`);
  }
  return { states, steps };
}

function detailOf(each: Event): Markup {
  const details = Object.entries(each).find(([key]) => key.endsWith('EventDetails'))?.[1];
  if (details === undefined) return html``;
  const { name, error } = z.object({ name: z.string().optional(), error: z.string().optional() }).parse(details);
  return html`<details><summary>${error ?? name ?? 'details'}</summary><pre>${JSON.stringify(details, null, 2)}</pre></details>`;
}
