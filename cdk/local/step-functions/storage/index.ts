import { type Database, openDatabase } from './database.ts';
import { type ExecutionStore, executionStore } from './executions.ts';
import { type MachineStore, machineStore } from './machines.ts';

export interface Storage {
  readonly database: Database;
  readonly executions: ExecutionStore;
  readonly machines: MachineStore;
  /** Removes a machine that is being deleted once its last execution has ended. */
  forgetDeleted(machineArn: string): void;
}

export function openStorage(folder: string): Storage {
  const database = openDatabase(folder);
  const executions = executionStore(database);
  const machines = machineStore(database);
  return {
    database,
    executions,
    machines,
    forgetDeleted(arn) {
      if (machines.find(arn)?.status !== 'DELETING' || executions.countRunning(arn) > 0) return;
      database.write(() => machines.remove(arn));
    },
  };
}
