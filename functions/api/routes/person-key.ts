import * as z from 'zod';

/** What a person is called in paths and answers, see `shared/answering/person-key.ts`. */
export const PersonKey = z.string().regex(/^[A-Za-z0-9_-]{16}$/);
