import type * as z from 'zod';

/** What is asked of the stack by HTTP. */
export interface Question {
  readonly body?: unknown;
  /** the bearer token it comes with */
  readonly token?: string | undefined;
  /** its Idempotency-Key, the same at every try */
  readonly key?: string | undefined;
}

/** Somebody who asks until there is an answer: a browser, a script or a person who tries again after an error. */
export interface Insistent {
  /** Asks until the stack answers. Throws when the answer is a refusal. */
  ask<S extends z.ZodType>(method: 'GET' | 'POST', path: string, schema: S, question?: Question): Promise<z.output<S>>;
  /** how often there was no answer, and how often each server error */
  readonly tries: ReadonlyMap<string, number>;
}

/** Milliseconds between two tries. */
const PAUSE = 250;
/** Milliseconds after which whoever asked gives up: many times a restart. */
const PATIENCE = 900_000;

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, PAUSE));

/** Asks the stack at an address that does not change when it is started again. */
export function insistent(url: string): Insistent {
  const tries = new Map<string, number>();
  return {
    tries,
    async ask(method, path, schema, { body, token, key } = {}) {
      const until = performance.now() + PATIENCE;
      for (let said = ''; ; ) {
        try {
          const response = await fetch(`${url}${path}`, {
            method,
            signal: AbortSignal.timeout(20_000),
            ...(body !== undefined && { body: JSON.stringify(body) }),
            headers: {
              ...(body !== undefined && { 'content-type': 'application/json' }),
              ...(token !== undefined && { authorization: `Bearer ${token}` }),
              ...(key !== undefined && { 'idempotency-key': key }),
            },
          });
          const text = await response.text();
          if (response.status < 400) return schema.parse(JSON.parse(text));
          said = `${response.status} ${text}`;
          if (response.status < 500 && response.status !== 429) throw new Refused(`${method} ${path}: ${said}`);
          tries.set(`${response.status}`, (tries.get(`${response.status}`) ?? 0) + 1);
        } catch (error) {
          if (error instanceof Refused || (error instanceof Error && error.name === 'ZodError')) throw error;
          said = String(error);
          tries.set('none', (tries.get('none') ?? 0) + 1);
        }
        if (performance.now() > until) throw new Error(`${method} ${path} was never answered; at last: ${said}`);
        await pause();
      }
    },
  };
}

/** The stack answered no. */
class Refused extends Error {}
