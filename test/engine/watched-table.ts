import type { Table } from '../../shared/store/table.ts';

/** The same table, and the names of the commands that are sent to it through what is given here, in order. */
export function watchedTable(table: Table): { readonly table: Table; readonly commands: string[] } {
  const commands: string[] = [];
  const client = Object.create(table.client);
  client.send = (command: { readonly constructor: { readonly name: string } }, ...more: unknown[]) => {
    commands.push(command.constructor.name);
    return Reflect.apply(table.client.send, table.client, [command, ...more]);
  };
  return { table: { ...table, client }, commands };
}
