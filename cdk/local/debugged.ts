import { url } from 'node:inspector';

/** Whether a debugger may be attached: who steps through a function takes longer than it may, and nothing must cut it off. */
export function isDebugged(): boolean {
  return url() !== undefined;
}
