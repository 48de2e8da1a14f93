import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Answer, Engine, Request } from '../../cdk/local/dynamodb/engine/engine.ts';
import type { EngineThread } from '../../cdk/local/dynamodb/engine/thread/engine-thread.ts';

const utf8 = new TextDecoder();

/** What answers the calls of a table. */
export type Calls = Pick<EngineThread, 'call'>;

/** Lets an engine of this thread answer as one in a thread of its own does: later, and all calls of one turn together. */
export function answerLater(engine: Pick<Engine, 'answer'>): Calls {
  let waiting: { readonly request: Request; done(answer: Answer): void }[] = [];
  const answerAll = (): void => {
    const together = waiting;
    waiting = [];
    const answers = engine.answer(together.map(({ request }) => request));
    answers.forEach((answer, at) => {
      together[at]?.done(answer);
    });
  };
  return {
    call: (target, body) =>
      new Promise((done) => {
        if (waiting.push({ request: { target, body }, done }) === 1) setImmediate(answerAll);
      }),
  };
}

/**
 * Leads a client's calls to an engine of this thread: each as the SDK writes it, and its answer as the SDK reads it. They are neither
 * signed nor sent over HTTP, which is half of what a call costs; the stories do both.
 */
export function callDirectly({ config }: DynamoDBClient, { call }: Calls): void {
  config.signer = async () => ({ sign: async (request) => request });
  config.requestHandler = {
    ...config.requestHandler,
    async handle({ headers, body }) {
      const { status, body: answer } = await call(headers['x-amz-target'] ?? '', utf8.decode(body));
      return { response: { statusCode: status, headers: {}, body: Buffer.from(answer) } };
    },
  };
}
