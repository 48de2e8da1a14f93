import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { IndexShards } from '../../shared/store/shards.ts';
import type { TableNamed } from '../../shared/store/table.ts';
import { writePrivate } from '../local/data-folder/secrets.ts';
import type { LocalCloud } from '../local/index.ts';
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

/** What AWS's SDK asks the environment for, to reach a local stack as its administrator. */
export function environmentFor(cloud: LocalCloud): Readonly<Record<string, string>> {
  const keys = cloud.credentialsFor('administrator');
  return {
    AWS_ENDPOINT_URL: cloud.endpointUrl,
    AWS_REGION: cloud.region,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_SESSION_TOKEN: keys.sessionToken,
  };
}

/** Points this process to a stack. An address that the shell names for one service alone would lead past it, so it goes. */
export function useEnvironment(environment: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_ENDPOINT_URL_')) delete process.env[name];
  Object.assign(process.env, environment);
}

/** The table that the outputs of a stack name; undefined where one is missing. */
export function tableNamedIn({ TABLE_NAME: name, INDEX_SHARDS }: typeof process.env): TableNamed | undefined {
  const shards = INDEX_SHARDS ? IndexShards.safeParse(INDEX_SHARDS).data : undefined;
  return name && shards ? { name, shards } : undefined;
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
  useEnvironment(environment);
  return environment;
}
