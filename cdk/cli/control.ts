import { readFileSync } from 'node:fs';
import { controlKeyPath } from '../local/data-folder/secrets.ts';
import { baseUrl, fail, settings } from './settings.ts';

/** Asks the running local stack of `PORT` and `JIELI_DATA` for something that only its owner may ask. */
export async function control(path: string, body: unknown): Promise<unknown> {
  let key: string;
  try {
    key = readFileSync(controlKeyPath(settings.dataDir), 'utf8').trim();
  } catch {
    return fail(`No stack has run with the data folder ${settings.dataDir}. Start one: npm start`);
  }
  const response = await fetch(`${baseUrl}/_aws/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => fail(`Nothing answers at ${baseUrl}. Is the stack running on this PORT?`));
  if (response.status === 404) {
    fail(
      `${baseUrl} has a public URL: its clock is the machine's, and its people sign in at their own issuer. There is no ${path} to ask for.`,
    );
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) fail(`${baseUrl} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}
