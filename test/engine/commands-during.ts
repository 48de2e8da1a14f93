import type { Table } from '../../shared/store/table.ts';

/** What `ask` gives, and the names of the commands that the table was sent meanwhile, in order. */
export async function commandsDuring<T>(
  { client: { middlewareStack } }: Table,
  ask: () => T | Promise<T>,
): Promise<[T, string[]]> {
  const commands: string[] = [];
  middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        commands.push(commandName);
        return next(args);
      },
    { name: 'counted' },
  );
  try {
    return [await ask(), commands];
  } finally {
    middlewareStack.remove('counted');
  }
}
