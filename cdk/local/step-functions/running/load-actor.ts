import type { MachineProgram } from '../definition/program.ts';
import type { Storage } from '../storage/index.ts';
import type { Actor } from './actor.ts';

/** Brings an execution from storage to life; nothing when there is none. */
export function loadActor(
  storage: Storage,
  id: number,
  programOf: (revision: number) => MachineProgram,
): Actor | undefined {
  const row = storage.executions.load(id);
  if (row === undefined) return undefined;
  return {
    id,
    program: programOf(row.revision),
    run: row.run,
    status: row.status,
    inbox: [],
    running: false,
    calling: new Set(),
    facts: {
      arn: row.arn,
      name: row.name,
      roleArn: storage.machines.revision(row.revision).roleArn,
      input: row.input,
      startedAt: row.started,
      machineArn: row.machine,
      machineName: row.machine.slice(row.machine.lastIndexOf(':') + 1),
      redriveCount: row.redrives,
      ...(row.redriven !== undefined && { redrivenAt: row.redriven }),
    },
  };
}
