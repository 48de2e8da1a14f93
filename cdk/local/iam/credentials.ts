import { createHmac } from 'node:crypto';
import type { Caller } from './caller.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface CredentialStore {
  /** The credentials of a role under a session's name (a function's, for functions): the same at every start. */
  forRole(roleArn: string, session: string): Credentials;
  /** Those of the administrator. */
  forAdministrator(): Credentials;
  /** Who holds the key; undefined when nobody does. */
  find(accessKeyId: string): { readonly caller: Caller; readonly credentials: Credentials } | undefined;
}

/**
 * Credentials that are derived from a data folder's own secret, so that there is nothing to store and no two folders
 * share any. `secret` has at least 32 random bytes.
 */
export function createCredentials(secret: Buffer, accountId: string, partition: string): CredentialStore {
  const known = new Map<string, { caller: Caller; credentials: Credentials }>();
  const derive = (purpose: string, name: string): Buffer =>
    createHmac('sha512', secret).update(`${purpose}/${name}`).digest();

  const issue = (name: string, caller: Caller): Credentials => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    const letters = [...derive('id', name).subarray(0, 16)].map((byte) => alphabet[byte % 32]).join('');
    const credentials = {
      accessKeyId: `ASIA${letters}`,
      secretAccessKey: derive('secret', name).toString('base64').slice(0, 40),
      sessionToken: derive('token', name).toString('base64'),
    };
    known.set(credentials.accessKeyId, { caller, credentials });
    return { ...credentials };
  };

  const administrator = issue('administrator', {
    principalArn: `arn:${partition}:sts::${accountId}:assumed-role/Administrator/command-line`,
  });

  return {
    forRole(roleArn, session) {
      const role = roleArn.slice(roleArn.lastIndexOf('/') + 1);
      const principalArn = `arn:${partition}:sts::${accountId}:assumed-role/${role}/${session}`;
      return issue(`${roleArn}/${session}`, { principalArn, roleArn });
    },
    // A copy: SDKs write into what they are given.
    forAdministrator: () => ({ ...administrator }),
    find: (accessKeyId) => known.get(accessKeyId),
  };
}
