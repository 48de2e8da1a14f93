import { randomBytes } from 'node:crypto';

/** A token names its execution, so that finding it is one read, and holds enough chance that nobody guesses one. */
export function newTaskToken(execution: number): string {
  const bytes = Buffer.alloc(56);
  bytes.writeBigUInt64BE(BigInt(execution));
  randomBytes(48).copy(bytes, 8);
  return `AQC${bytes.toString('base64')}`;
}

/** The execution a token belongs to; nothing when the text is no token of ours. */
export function executionOfToken(token: string): number | undefined {
  if (!/^AQC[A-Za-z0-9+/]{75}=$/.test(token)) return undefined;
  const id = Number(Buffer.from(token.slice(3), 'base64').readBigUInt64BE());
  return Number.isSafeInteger(id) ? id : undefined;
}
