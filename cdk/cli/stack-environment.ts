import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { writePrivate } from '../local/data-folder/secrets.ts';
import { fail, settings } from './settings.ts';

/** What a command needs to reach a running local stack with AWS's SDK, as its administrator. */
const Environment = z.record(z.string(), z.string());

/** Beside the assembly, since both are made anew at every start. */
function pathIn(dataDir: string): string {
  return join(dataDir, 'assembly', 'environment.json');
}

/** Writes down, for the owner of the data folder alone, how commands reach the stack that runs. */
export function keepEnvironment(dataDir: string, environment: Readonly<Record<string, string>>): void {
  writePrivate(pathIn(dataDir), JSON.stringify(environment));
}

/** Lets this process reach the running stack of `JIELI_DATA` as a function would; gives the environment. */
export function useRunningStack(): Readonly<Record<string, string>> {
  let text: string;
  try {
    text = readFileSync(pathIn(settings.dataDir), 'utf8');
  } catch {
    return fail(`No stack has run with the data folder ${settings.dataDir}. Start one: npm start`);
  }
  const environment = Environment.parse(JSON.parse(text));
  Object.assign(process.env, environment);
  return environment;
}
