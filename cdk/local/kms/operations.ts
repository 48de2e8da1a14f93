import type { Caller } from '../iam/caller.ts';

/** Operations by their names; each throws ServiceError for what it refuses. */
export type Operations = Readonly<Record<string, (input: unknown, caller: Caller) => Promise<unknown>>>;
