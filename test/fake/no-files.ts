import type { Incoming } from '../../functions/incoming/incoming.ts';

/** For doors at which nobody gives a file. */
export const noFiles: Incoming = {
  url: 'http://files.test/',
  form: async () => ({ action: 'http://files.test/', fields: {} }),
  read: async () => 'gone',
  remove: async () => undefined,
};
