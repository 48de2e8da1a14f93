import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { LocalClock } from '../clock.ts';
import { readBody } from '../http-api/read-body.ts';
import { send } from './html.ts';

export interface ControlOptions {
  readonly clock: LocalClock;
  readonly controlKey: string;
  token(sub: string): Promise<string>;
  /** Ends the table engine as a fault would. */
  crashTables(): Promise<void>;
}

const clockInput = z.object({ by: z.int().min(0) });
const tokenInput = z.object({ sub: z.string() });

/**
 * Control for scripts that show the data folder's key: `POST /_aws/clock {"by": milliseconds}` moves time and answers
 * when everything that fell due has happened, `POST /_aws/token {"sub"}` gives an access token, `GET /_aws/status` says
 * what time it is and what is under way, `POST /_aws/crash-tables` ends the table engine as a fault would. Gives undefined for a path that is none of these.
 */
export function createControl({ clock, controlKey, token, crashTables }: ControlOptions) {
  const json = (response: ServerResponse, status: number, value: unknown): void =>
    send(response, status, 'application/json', JSON.stringify(value));
  const state = (): unknown => ({ now: new Date(clock.now()).toISOString(), underWay: clock.underWay() });

  const mayControl = (request: IncomingMessage): boolean => {
    const given = Buffer.from(request.headers.authorization ?? '');
    const expected = Buffer.from(`Bearer ${controlKey}`);
    return given.length === expected.length && timingSafeEqual(given, expected);
  };

  const operations: Readonly<Record<string, (input: unknown) => Promise<unknown>>> = {
    'POST clock': async (input) => {
      await clock.advance(clockInput.parse(input).by);
      return state();
    },
    'POST token': async (input) => ({ token: await token(tokenInput.parse(input).sub) }),
    'POST crash-tables': async () => {
      await crashTables();
      return state();
    },
    'GET status': async () => state(),
  };

  return (name: string, request: IncomingMessage, response: ServerResponse): Promise<void> | undefined => {
    const operation = operations[`${request.method} ${name}`];
    if (operation === undefined) return undefined;
    const answer = async (): Promise<void> => {
      const body = (await readBody(request, 10_000))?.toString('utf8') || '{}';
      if (!mayControl(request))
        return json(response, 401, { message: 'The control key of the data folder is needed.' });
      try {
        json(response, 200, await operation(JSON.parse(body)));
      } catch (error) {
        const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
        json(response, 400, { message });
      }
    };
    return answer();
  };
}
