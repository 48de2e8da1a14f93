import { readFileSync } from 'node:fs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { FunctionName } from '../../cdk/bundle.ts';
import { accessesOf } from '../../cdk/local/dynamodb/table-accesses.ts';
import { type Authorizer, createAuthorizer } from '../../cdk/local/iam/authorizer.ts';
import type { BucketSpec, TableSpec } from '../../cdk/local/template/blueprint.ts';
import type { Table } from '../../shared/store/table.ts';

const Policy = z.object({ name: z.string(), document: z.record(z.string(), z.json()) });
const Deployed = z.object({
  region: z.string(),
  accountId: z.string(),
  tables: z.tuple([z.custom<TableSpec>()]),
  buckets: z.array(z.custom<BucketSpec>()),
  functions: z.array(z.object({ name: z.string(), roleArn: z.string() })),
  roles: z.array(z.tuple([z.string(), z.array(Policy)])),
});
const Input = z.record(z.string(), z.json());

/** What the run's global setup has worked out: see `test/permissions/deployed.ts`. */
export function deployed(): { readonly authorizer: Authorizer } & z.output<typeof Deployed> {
  const file = process.env.JIELI_DEPLOYED;
  if (!file) throw new Error('JIELI_DEPLOYED is set by the global setup of a run');
  const found = Deployed.parse(JSON.parse(readFileSync(file, 'utf8')));
  return { ...found, authorizer: createAuthorizer({ roles: new Map(found.roles), resources: new Map() }, found) };
}

let stack: ReturnType<typeof deployed> | undefined;

/**
 * The table as a function of the deployed stack reaches it: what the template does not allow the function is denied, so that
 * whatever a test does at a door shows that the door may do it there too.
 */
export async function policedTable(table: Table, name: FunctionName): Promise<Table> {
  stack ??= deployed();
  const { tables, functions, authorizer } = stack;
  const [spec] = tables;
  const roleArn = functions.find((one) => one.name === name)?.roleArn;
  if (!roleArn) throw new Error(`no ${name} in the template`);
  const caller = { principalArn: `${roleArn}/${name}`, roleArn };
  const catalogue = { find: () => spec, arn: () => spec.arn };
  const judge = (command: object & { readonly input: object }): void => {
    const operation = command.constructor.name.replace(/Command$/, '');
    const asked = Input.parse(JSON.parse(JSON.stringify(command.input)));
    for (const access of accessesOf(operation, asked, catalogue)) authorizer.require(caller, access);
  };
  const send: DynamoDBClient['send'] = async (command: Parameters<DynamoDBClient['send']>[0]) => {
    judge(command);
    return table.client.send(command);
  };
  // through the client that there is, so that who counts its calls counts these too
  const client = new Proxy(table.client, {
    get: (target, property) => (property === 'send' ? send : Reflect.get(target, property)),
  });
  return { ...table, client };
}
