import { z } from 'zod';
import { readCause } from './cause.ts';
import { detailsOf, type Failure, type HistoryEvent, readHistory, type Step, stepsOf, waysOf } from './history.ts';
import { html, indented, type Markup, pill } from './html.ts';
import type { PageContext } from './index.ts';
import { drawMachine, machineSchema, type Path } from './machine-drawing.ts';
import { lasted, moment } from './moment.ts';
import { functionLink } from './names.ts';

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
  redriveCount: z.number().default(0),
  redriveStatus: z.string().optional(),
  redriveStatusReason: z.string().optional(),
});
type Execution = z.output<typeof described>;
const definitionOf = z.object({ definition: z.string() });

/** Events that the page shows: the last of them. */
const SHOWN = 300;
const STEPS_SHOWN = 100;

/** An execution: where it stands and why, the way it took, what went in and came out, and its history. */
export async function executionPage(context: PageContext): Promise<Markup> {
  const { states } = context.services;
  const executionArn = context.query.get('arn') ?? '';
  const execution = described.parse(await states.call('DescribeExecution', { executionArn }));
  const { definition } = definitionOf.parse(await states.call('DescribeStateMachineForExecution', { executionArn }));
  const events = await readHistory(context, executionArn);
  const steps = stepsOf(events);
  const machine = execution.stateMachineArn.replace(/.*:/, '');
  const { startDate, stopDate, status, redriveCount } = execution;
  const end = stopDate === undefined ? context.clock.now() : stopDate * 1_000;
  return html`<p><a href="/_aws/machines/${machine}">${machine}</a></p>
    <h1>${execution.name} ${pill(status)}</h1>
    <p>Started ${moment(startDate * 1_000)}, ${stopDate === undefined ? 'running for' : html`ended ${moment(end)} after`}
      ${lasted(end - startDate * 1_000)}${redriveCount === 0 ? '' : `, redriven ${redriveCount} times`}</p>
    ${standing(context, execution, steps)}
    ${redriveForm(execution, executionArn)}
    <h2>The way so far</h2>
    ${steps.length > STEPS_SHOWN ? html`<p>The last ${STEPS_SHOWN} of ${steps.length} steps.</p>` : ''}
    <ol class="way">${steps.slice(-STEPS_SHOWN).map((step) => stepItem(context, step, status))}</ol>
    <div class="picture">${drawMachine(machineSchema.parse(JSON.parse(definition)), pathOf(events, steps, status))}</div>
    <h2>Input</h2>${lookFor(execution.input ?? '')}<pre>${indented(execution.input ?? '')}</pre>
    ${execution.output === undefined ? '' : html`<h2>Output</h2><pre>${indented(execution.output)}</pre>`}
    <details class="history"><summary>History, ${events.length} events</summary>
    <table tabindex="0"><tr><th>#</th><th>When</th><th>What</th><th></th></tr>${events.slice(-SHOWN).map(eventRow)}</table></details>`;
}

const hasFailed = (status: string): boolean => ['FAILED', 'TIMED_OUT', 'ABORTED'].includes(status);

/** The one thing that whoever looks wants to know: what it waits for, or what stopped it. */
function standing(context: PageContext, execution: Execution, steps: readonly Step[]): Markup {
  const { status, error, cause } = execution;
  const last = steps.at(-1);
  if (hasFailed(status)) {
    const where = last === undefined ? '' : html` in <b>${last.state}</b>`;
    return html`<div class="card bad"><p>Stopped${where}: <b>${error ?? status}</b></p>${causeOf(cause ?? '')}
      ${last === undefined ? '' : logOf(context, last)}</div>`;
  }
  if (status !== 'RUNNING') return html``;
  const open = steps.filter(({ left }) => left === undefined);
  return html`${open.map(
    (step) => html`<div class="card ${step.failures.length > 0 ? 'bad' : ''}"><p>In <b>${step.state}</b> since
      ${moment(step.entered)}: ${doing(step)} ${logOf(context, step)}</p>${step.failures
        .slice(-1)
        .map(
          ({ error: name, cause: why }) =>
            html`<p>${step.failures.length} times it failed, the last time with <b>${name}</b></p>${causeOf(why)}`,
        )}</div>`,
  )}`;
}

function doing({ last, type, waitsUntil }: Step): Markup {
  if (last === 'TaskSubmitted') {
    return html`waits for an answer${waitsUntil === undefined ? '' : html`, until ${moment(waitsUntil)} at most`}.`;
  }
  if (last === 'TaskScheduled' || last === 'TaskStarted') return html`its function is at work.`;
  if (/(Failed|TimedOut)$/.test(last)) return html`it waits to be tried again.`;
  return type === 'Wait' ? html`waits for its time.` : html`is under way.`;
}

/** The way to what the function of a step has logged meanwhile. */
function logOf({ blueprint }: PageContext, { calls, entered, lastAt }: Step): Markup {
  if (calls === undefined) return html``;
  return html`<span class="badge">Log of ${functionLink(blueprint, calls, { from: entered, to: lastAt })}</span>`;
}

/** The texts of an input, each with the way to whatever else has to do with it. */
function lookFor(input: string): Markup {
  const texts = z.record(z.string(), z.unknown()).safeParse(parsed(input)).data ?? {};
  const found = Object.values(texts).filter((each) => typeof each === 'string' && each !== '' && each.length <= 200);
  if (found.length === 0) return html``;
  return html`<p>Look for ${found.map(
    (each, index) =>
      html`${index === 0 ? '' : ' · '}<a href="/_aws/search?name=${encodeURIComponent(String(each))}">${String(each)}</a>`,
  )}</p>`;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function causeOf(text: string): Markup {
  const { message, trace } = readCause(text);
  const stack =
    trace.length === 0 ? '' : html`<details><summary>stack</summary><pre>${trace.join('\n')}</pre></details>`;
  return message === '' ? html`` : html`<p class="cause">${message}</p>${stack}`;
}

function redriveForm({ status, redriveStatus, redriveStatusReason }: Execution, arn: string): Markup {
  if (!hasFailed(status)) return html``;
  if (redriveStatus === 'NOT_REDRIVABLE') return html`<p>It cannot be redriven: ${redriveStatusReason ?? ''}</p>`;
  return html`<form method="post" action="/_aws/executions/redrive"><input type="hidden" name="arn" value="${arn}">
    <input type="hidden" name="back" value="/_aws/executions?arn=${encodeURIComponent(arn)}"><button>Redrive</button>
    <span>It goes on in the state in which it stopped.</span></form>`;
}

function kindOf({ left, failures, last }: Step, status: string): 'done' | 'caught' | 'now' | 'failed' {
  if (left === undefined) return hasFailed(status) ? 'failed' : 'now';
  const ended = failures.length > 0 && /(Exited)$/.test(last);
  return ended ? 'caught' : 'done';
}

function stepItem(context: PageContext, step: Step, status: string): Markup {
  const { state, type, entered, left, input, output, failures } = step;
  return html`<li class="${kindOf(step, status)}"><b>${state}</b> <span>${type}</span>
    ${moment(entered)}${left === undefined ? '' : html`<span>, ${lasted(left - entered)}</span>`} ${logOf(context, step)}
    ${inRows(failures).map(failureText)}
    <details><summary>input${output === undefined ? '' : ' and output'}</summary><pre>${indented(input)}</pre>
    ${output === undefined ? '' : html`<pre>${indented(output)}</pre>`}</details></li>`;
}

/** Tries that failed with the same error one after another: how many, and the last of them. */
interface Row {
  readonly times: number;
  readonly last: Failure;
}

function inRows(failures: readonly Failure[]): readonly Row[] {
  const rows: Row[] = [];
  for (const last of failures) {
    const same = rows.at(-1)?.last.error === last.error ? rows.pop() : undefined;
    rows.push({ times: (same?.times ?? 0) + 1, last });
  }
  return rows;
}

function failureText({ times, last: { error, cause } }: Row): Markup {
  return html`<p class="error">${times === 1 ? '' : `${times} × `}${error}</p>${causeOf(cause)}`;
}

/** Where an execution went: each state as its last visit ended, and the ways between them. */
function pathOf(events: readonly HistoryEvent[], steps: readonly Step[], status: string): Path {
  return { states: new Map(steps.map((step) => [step.state, kindOf(step, status)])), ways: waysOf(events) };
}

function eventRow(each: HistoryEvent): Markup {
  const details = detailsOf(each);
  const { name, error } = z
    .looseObject({ name: z.string().optional(), error: z.string().optional() })
    .parse(details ?? {});
  return html`<tr><td>${each.id}</td><td>${moment(each.timestamp * 1_000)}</td><td>${each.type}</td>
    <td>${details === undefined ? '' : html`<details><summary>${error ?? name ?? 'details'}</summary><pre>${JSON.stringify(details, null, 2)}</pre></details>`}</td></tr>`;
}
