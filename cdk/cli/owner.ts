import { readFileSync } from 'node:fs';
import { controlKeyPath } from '../local/data-folder/secrets.ts';
import { fail, settings } from './settings.ts';
import { useRunningStack } from './stack-environment.ts';

/** Asks the running stack of `JIELI_DATA` for something that only its owner may ask, also where it has a public URL. */
export async function askAsOwner(name: 'status' | 'redrive'): Promise<unknown> {
  const { AWS_ENDPOINT_URL } = useRunningStack();
  const key = readFileSync(controlKeyPath(settings.dataDir), 'utf8').trim();
  const response = await fetch(`${AWS_ENDPOINT_URL}/_local/${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
  }).catch(() => fail(`The stack of ${settings.dataDir} does not run. Start it: npm start`));
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) fail(`The stack answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}
