import * as z from 'zod';
import { Rejected } from '../domain/errors.ts';

const Position = z.record(z.string(), z.string().max(2048));

/** Where a list goes on, as an opaque text for the caller to send back. */
export function toCursor(position: Record<string, unknown> | undefined): string | null {
  return position ? Buffer.from(JSON.stringify(position)).toString('base64url') : null;
}

/** What was sent as a cursor is none, or that of another list. */
export function notACursor(): Rejected {
  return new Rejected('invalid', { fields: [{ pointer: '/cursor', code: 'not-a-cursor' }] });
}

/** @throws {@link Rejected} `invalid` when it is no cursor that a list gave */
export function fromCursor(cursor: string | undefined): Record<string, string> | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  try {
    return Position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw notACursor();
  }
}
