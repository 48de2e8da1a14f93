import type { Answer, EngineOptions, Request } from '../engine.ts';

/** What the engine's thread is started with. */
export interface ThreadStart extends EngineOptions {
  /** The offset of the clock that `Date` in there follows; undefined: the machine's time. */
  readonly clock: SharedArrayBuffer | undefined;
}

/** A call, and the number under which it is answered. */
export interface NumberedRequest extends Request {
  readonly id: number;
}

/** A call to do, or the end when all before it is done. */
export type ToThread = NumberedRequest | { readonly stop: true };

/** What comes back: that it has begun, with what there is to say of it, or answers. */
export type FromThread =
  | { readonly begun: readonly string[] }
  | { readonly answers: readonly (Answer & { readonly id: number })[] };
