import { createHmac, randomBytes } from 'node:crypto';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { isSameSecret } from '../../shared/secrets/same-secret.ts';
import type { Hub } from '../../shared/store/hub.ts';

const NAME = /^([A-Za-z0-9_-]{24})\.[A-Za-z0-9_-]{43}$/;

async function named({ macKeyId }: Pick<Hub, 'macKeyId'>, random: string, whose: string): Promise<string> {
  const key = await deriveKey(macKeyId, 'file');
  return `${random}.${createHmac('sha256', key).update(`${random} ${whose}`).digest('base64url')}`;
}

/** A new name for a file that somebody may send. @param whose who may have it read, and on which page */
export function newFileName(hub: Pick<Hub, 'macKeyId'>, whose: string): Promise<string> {
  return named(hub, randomBytes(18).toString('base64url'), whose);
}

/** Whether a file was asked of this person on this page: nobody is led to read what another one sent. */
export async function isNameOf(hub: Pick<Hub, 'macKeyId'>, name: string, whose: string): Promise<boolean> {
  const random = NAME.exec(name)?.[1];
  return random !== undefined && isSameSecret(await named(hub, random, whose), name);
}
