import type { ServiceOutputTypes } from '@aws-sdk/client-dynamodb';
import { openTable, type Table } from '../../shared/store/table.ts';
import { openKeys } from '../fake/key-service.ts';

/** Called before each call is sent. It lets the call go on (undefined), throws in its place, or gives the answer itself. */
type Interceptor = (command: string, input: object) => Answer | Promise<Answer>;
// biome-ignore lint/suspicious/noConfusingVoidType: whoever only throws gives nothing back
type Answer = Omit<ServiceOutputTypes, '$metadata'> | undefined | void;

/** The same table through a client of its own, each of whose calls goes through `intercept` first. */
export function interceptTable(from: Table, intercept: Interceptor): Table {
  const table = openTable(from, openKeys);
  const { requestHandler, signer } = from.client.config;
  Object.assign(table.client.config, { requestHandler, signer });
  table.client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const output = await intercept(commandName, args.input);
        return output ? { response: {}, output: { $metadata: {}, ...output } } : next(args);
      },
    { step: 'initialize' },
  );
  return table;
}
