import type { ServiceOutputTypes } from '@aws-sdk/client-dynamodb';
import { openTable, type Table } from '../../shared/store/table.ts';
import { openKeys } from '../fake/key-service.ts';

/** What happens to a call before it is sent: it goes on, fails with what is thrown, or is answered in the engine's place. */
type Meets = (command: string, input: object) => Answer | Promise<Answer>;
// biome-ignore lint/suspicious/noConfusingVoidType: whoever only throws gives nothing back
type Answer = Omit<ServiceOutputTypes, '$metadata'> | undefined | void;

/** The table again, through a client of its own whose calls are met on their way. */
export function metTable({ name }: Table, meets: Meets): Table {
  const table = openTable(name, openKeys);
  table.client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const output = await meets(commandName, args.input);
        return output ? { response: {}, output: { $metadata: {}, ...output } } : next(args);
      },
    { step: 'initialize' },
  );
  return table;
}
