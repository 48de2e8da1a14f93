import type { TransactWriteItem, TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../shared/store/table.ts';

function placeOf({ Put, Update, Delete, ConditionCheck }: TransactWriteItem): string {
  const { pk, sk } = Put?.Item ?? (Update ?? Delete ?? ConditionCheck)?.Key ?? {};
  return `${pk?.S} ${sk?.S}`;
}

/** Refuses a transaction that names an item twice, as AWS does and the engine does not. */
export function eachItemOnce(table: Table): Table {
  const isTransaction = (input: object): input is TransactWriteItemsCommandInput => 'TransactItems' in input;
  table.client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'TransactWriteItemsCommand' && isTransaction(args.input)) {
          const places = (args.input.TransactItems ?? []).map(placeOf);
          const twice = places.find((place, index) => places.indexOf(place) < index);
          if (twice) throw new Error(`Transaction request cannot include multiple operations on one item: ${twice}`);
        }
        return next(args);
      },
    { step: 'initialize' },
  );
  return table;
}
