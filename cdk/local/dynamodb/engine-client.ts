import { ServiceError } from '../types.ts';
import type { Answer } from './engine/engine.ts';
import type { EngineThread } from './engine/thread/engine-thread.ts';

/** Talks to the table engine in the name of the local cloud. */
export interface EngineClient {
  /** Passes a call on as it is. */
  forward(target: string, body: string): Promise<Answer>;
  /** Makes a call of our own. Throws the engine's error. */
  call(target: string, input: unknown): Promise<unknown>;
}

/** A client of the engine in its thread. */
export function createEngineClient(engine: Pick<EngineThread, 'call'>): EngineClient {
  return {
    forward: engine.call,
    async call(target, input) {
      const { status, body } = await engine.call(target, JSON.stringify(input));
      const output: unknown = body === '' ? {} : JSON.parse(body);
      if (status < 300) return output;
      const { __type = 'InternalServerError', message = '' } = readError(output);
      throw new ServiceError(__type.slice(__type.lastIndexOf('#') + 1), message, status);
    },
  };
}

function readError(output: unknown): { __type?: string; message?: string } {
  if (typeof output !== 'object' || output === null) return {};
  const type = '__type' in output ? output.__type : undefined;
  const message = 'message' in output ? output.message : undefined;
  return {
    ...(typeof type === 'string' && { __type: type }),
    ...(typeof message === 'string' && { message }),
  };
}
