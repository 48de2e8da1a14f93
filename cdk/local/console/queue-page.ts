import { readFailureMessage } from '../streams/failure-message.ts';
import type { QueueSpec } from '../template/blueprint.ts';
import { ServiceError } from '../types.ts';
import { html, indented, type Markup } from './html.ts';
import type { PageContext } from './index.ts';
import { lasted, moment } from './moment.ts';
import { functionLink, shortName } from './names.ts';

const MOST = 100;
const MOST_AT_ONCE = 1_000;
/** How long a stream keeps what was written. */
const KEPT = 86_400_000;

function queueOf({ blueprint }: PageContext, name: string | null): QueueSpec {
  const queue = blueprint.queues.find((each) => each.name === name);
  if (queue === undefined) throw new ServiceError('QueueDoesNotExist', `There is no queue ${name}.`, 404);
  return queue;
}

type Message = ReturnType<PageContext['services']['queues']['peek']>[number];

/** What lies in a queue. Records of a stream that were given up can be given to their function again. */
export async function queuePage(context: PageContext, name: string): Promise<Markup> {
  const queue = queueOf(context, name);
  const { visible, hidden, delayed } = context.services.queues.counts(queue);
  const messages = context.services.queues.peek(queue, MOST);
  const setAside = messages.filter(({ body }) => readFailureMessage(body) !== undefined).length;
  const all = visible + hidden + delayed;
  return html`<h1>${shortName(queue.logicalId)}</h1><p class="badge">${name}</p>
    ${messages.length === 0 ? html`<p>Nothing lies here.</p>` : html`<p>${all === 1 ? 'One message' : `${all} messages`}, the oldest first${all > MOST ? `; ${MOST} are shown` : ''}. Each is kept for ${lasted(queue.retentionSeconds * 1_000)}.</p>`}
    ${setAside < 2 ? '' : actionForm('redrive-all', name, 'Give all records again')}
    ${messages.map((message) => html`<section class="card">${messageOf(context, name, message)}</section>`)}`;
}

/** A button that does something with a message, or with all of a queue. */
function actionForm(action: string, queue: string, label: string, id = ''): Markup {
  return html`<form method="post" action="/_aws/queues/${action}"><input type="hidden" name="queue" value="${queue}">
    <input type="hidden" name="id" value="${id}">
    <input type="hidden" name="back" value="/_aws/queues/${encodeURIComponent(queue)}"><button>${label}</button></form>`;
}

function messageOf(
  { blueprint, clock }: PageContext,
  queue: string,
  { id, body, sentAt, receiveCount }: Message,
): Markup {
  const place = readFailureMessage(body);
  const received = receiveCount === 0 ? '' : `, received ${receiveCount} times`;
  const whole = html`<details><summary>the message</summary><pre>${indented(body)}</pre>
    ${actionForm('remove', queue, 'Remove it for good', id)}</details>`;
  if (place === undefined) return html`<p>${moment(sentAt)}${received}</p>${whole}`;
  const { condition, tries, count, writtenAt } = place;
  const until = writtenAt + KEPT;
  const [it, are] = count === 1 ? ['it', 'it can'] : ['them', 'they can'];
  return html`<p>${functionLink(blueprint, place.functionArn, { at: sentAt })} could not deal with
      ${count === 1 ? 'one record' : `${count} records`} of its stream, written ${moment(writtenAt)}, and gave up ${moment(sentAt)}
      after ${tries === 1 ? 'one try' : `${tries} tries`}: <b>${condition}</b>${received}</p>
    <p class="badge">${
      until > clock.now()
        ? html`The stream keeps ${it} until ${moment(until)}: until then ${are} be given again.`
        : html`The stream kept ${it} until ${moment(until)}, and may have nothing of it now. What it was about is in the table.`
    }</p>${actionForm('redrive', queue, count === 1 ? 'Give the record again' : 'Give the records again', id)}${whole}`;
}

function messageIn(context: PageContext): { readonly queue: QueueSpec; readonly message: Message } {
  const { services, query } = context;
  const queue = queueOf(context, query.get('queue'));
  const message = services.queues.peek(queue, MOST_AT_ONCE).find((each) => each.id === query.get('id'));
  if (message === undefined) throw new ServiceError('MessageNotFound', 'The message is no longer there.', 404);
  return { queue, message };
}

/**
 * Gives the records of a message (`queue` and `id` in the form) to their function again, and removes the message when
 * that went well. Throws when it failed again or the stream no longer keeps them.
 */
export async function redriveMessage(context: PageContext): Promise<void> {
  const { queue, message } = messageIn(context);
  await context.services.streams.redrive(message.body);
  context.services.queues.removeById(queue, message.id);
}

/** Removes a message (`queue` and `id` in the form), whatever it says. */
export async function removeMessage(context: PageContext): Promise<void> {
  const { queue, message } = messageIn(context);
  context.services.queues.removeById(queue, message.id);
}

/**
 * Gives the records of all messages of a queue (`queue` in the form) again, the oldest first. Goes on after one that fails again; throws
 * at the end, with how many are left and why the first of them is.
 */
export async function redriveAll(context: PageContext): Promise<void> {
  const { services, query } = context;
  const queue = queueOf(context, query.get('queue'));
  const reasons: string[] = [];
  for (const message of services.queues.peek(queue, MOST_AT_ONCE)) {
    if (readFailureMessage(message.body) === undefined) continue;
    try {
      await services.streams.redrive(message.body);
      services.queues.removeById(queue, message.id);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      reasons.push(error.message);
    }
  }
  if (reasons.length === 0) return;
  throw new ServiceError('RedriveFailed', `${reasons.length} could not be dealt with; the first: ${reasons[0]}`);
}
