import { readFailureMessage } from '../streams/failure-message.ts';
import type { QueueSpec } from '../template/blueprint.ts';
import { ServiceError } from '../types.ts';
import { html, indented, type Markup } from './html.ts';
import type { PageContext } from './index.ts';
import { moment } from './moment.ts';

const MOST = 100;
const MOST_AT_ONCE = 1_000;

function queueOf({ blueprint }: PageContext, name: string | null): QueueSpec {
  const queue = blueprint.queues.find((each) => each.name === name);
  if (queue === undefined) throw new ServiceError('QueueDoesNotExist', `There is no queue ${name}.`, 404);
  return queue;
}

/** What lies in a queue. Records of a stream that were given up can be given to their function again. */
export async function queuePage(context: PageContext, name: string): Promise<Markup> {
  const queue = queueOf(context, name);
  const messages = context.services.queues.peek(queue, MOST);
  const setAside = messages.filter(({ body }) => readFailureMessage(body) !== undefined).length;
  const back = `/_aws/queues/${encodeURIComponent(name)}`;
  return html`<h1>${name}</h1>
    ${messages.length === 0 ? html`<p>Nothing lies here.</p>` : ''}
    ${
      setAside < 2
        ? ''
        : html`<form method="post" action="/_aws/queues/redrive-all"><input type="hidden" name="queue" value="${name}">
      <input type="hidden" name="back" value="${back}"><button>Give all records again</button></form>`
    }
    ${messages.map(
      (message) => html`<section><h2>${moment(message.sentAt)}, received ${message.receiveCount} times</h2>
        <pre>${indented(message.body)}</pre>
        ${
          readFailureMessage(message.body) === undefined
            ? ''
            : html`<form method="post" action="/_aws/queues/redrive">
          <input type="hidden" name="queue" value="${name}"><input type="hidden" name="id" value="${message.id}">
          <input type="hidden" name="back" value="${back}"><button>Give the records again</button></form>`
        }</section>`,
    )}`;
}

/**
 * Gives the records of a message (`queue` and `id` in the form) to their function again, and removes the message when
 * that went well. Throws when it failed again or the stream no longer keeps them.
 */
export async function redriveMessage(context: PageContext): Promise<void> {
  const { services, query } = context;
  const queue = queueOf(context, query.get('queue'));
  const message = services.queues.peek(queue, MOST).find((each) => each.id === query.get('id'));
  if (message === undefined) throw new ServiceError('MessageNotFound', 'The message is no longer there.', 404);
  await services.streams.redrive(message.body);
  services.queues.removeById(queue, message.id);
}

/**
 * The same for all messages of a queue that tell of records, the oldest first. Goes on after one that fails again; throws
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
