import type { Millis } from '../../types.ts';
import type { HistoryEvent } from '../running/history-event.ts';
import { isActive, nextDue, type Run } from '../running/run.ts';
import type { Outcome } from '../running/turn.ts';
import type { Database } from './database.ts';
import { number, optionalNumber, optionalText, type Row, text } from './row.ts';

export const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;
export type Status = (typeof STATUSES)[number];

/** An execution as stored, without its run. Times in milliseconds. */
export interface ExecutionRow {
  readonly id: number;
  readonly arn: string;
  readonly name: string;
  readonly machine: string;
  readonly revision: number;
  readonly status: Status;
  readonly started: Millis;
  readonly stopped?: Millis;
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly redrives: number;
  readonly redriven?: Millis;
  readonly redriveToken?: string;
}

interface NewExecution {
  readonly arn: string;
  readonly name: string;
  readonly machine: string;
  readonly revision: number;
  readonly started: Millis;
  readonly input: string;
}

/** How a turn changed an execution. */
interface Change {
  readonly run: Run;
  readonly events: readonly HistoryEvent[];
  readonly ended?: { readonly outcome: Outcome; readonly at: Millis };
  readonly redriven?: { readonly count: number; readonly at: Millis; readonly token?: string };
}

export type ExecutionStore = ReturnType<typeof executionStore>;

/** The executions: reads are immediate, writes belong inside `database.write`. */
export function executionStore(db: Database) {
  const insert = db.prepare(
    "INSERT INTO executions (arn, name, machine, revision, status, started, input, run, due, active) VALUES (?, ?, ?, ?, 'RUNNING', ?, ?, ?, ?, 1)",
  );
  const update = db.prepare('UPDATE executions SET run = ?, due = ?, active = ? WHERE id = ?');
  const close = db.prepare(
    'UPDATE executions SET status = ?, stopped = ?, output = ?, error = ?, cause = ? WHERE id = ?',
  );
  const reopen = db.prepare(
    "UPDATE executions SET status = 'RUNNING', stopped = NULL, error = NULL, cause = NULL, redrives = ?, redriven = ?, redrive_token = ? WHERE id = ?",
  );
  const addEvent = db.prepare('INSERT INTO events (execution, id, event) VALUES (?, ?, ?)');
  const byId = db.prepare('SELECT * FROM executions WHERE id = ?');
  const present = db.prepare('SELECT 1 FROM executions WHERE id = ?');
  const machine = db.prepare('SELECT machine FROM executions WHERE id = ?');
  const byArn = db.prepare('SELECT * FROM executions WHERE arn = ?');
  const earliest = db.prepare('SELECT due FROM executions WHERE due IS NOT NULL ORDER BY due LIMIT 1');
  const fallen = db.prepare('SELECT id FROM executions WHERE due IS NOT NULL AND due <= ? ORDER BY due, id LIMIT 500');
  const active = db.prepare('SELECT id FROM executions WHERE active = 1');
  const runningOf = db.prepare("SELECT count(*) AS n FROM executions WHERE machine = ? AND status = 'RUNNING'");
  const forgotten = db.prepare('SELECT id FROM executions WHERE stopped IS NOT NULL AND stopped < ? LIMIT 1000');
  const removeEvents = db.prepare('DELETE FROM events WHERE execution = ?');
  const remove = db.prepare('DELETE FROM executions WHERE id = ?');
  const lastEvent = db.prepare('SELECT id FROM events WHERE execution = ? ORDER BY id DESC LIMIT 1');
  const pages = {
    up: db.prepare('SELECT event FROM events WHERE execution = ? AND id >= ? ORDER BY id LIMIT ?'),
    down: db.prepare('SELECT event FROM events WHERE execution = ? AND id <= ? ORDER BY id DESC LIMIT ?'),
  };
  const COLUMNS =
    'SELECT id, arn, name, machine, revision, status, started, stopped, redrives, redriven, NULL AS input, NULL AS output, NULL AS error, NULL AS cause, NULL AS redrive_token FROM executions';
  const list = db.prepare(
    `${COLUMNS} WHERE machine = ? AND (started, id) < (?, ?) ORDER BY started DESC, id DESC LIMIT ?`,
  );
  const listIn = db.prepare(
    `${COLUMNS} WHERE machine = ? AND status = ? AND (started, id) < (?, ?) ORDER BY started DESC, id DESC LIMIT ?`,
  );

  const addEvents = (id: number, events: readonly HistoryEvent[]): void => {
    for (const event of events) addEvent.run(id, event.id, JSON.stringify(event));
  };

  return {
    insert(execution: NewExecution, run: Run, events: readonly HistoryEvent[]): number {
      const { arn, name, machine, revision, started, input } = execution;
      const { lastInsertRowid } = insert.run(
        arn,
        name,
        machine,
        revision,
        started,
        input,
        JSON.stringify(run),
        nextDue(run),
      );
      addEvents(Number(lastInsertRowid), events);
      return Number(lastInsertRowid);
    },
    save(id: number, { run, events, ended, redriven }: Change): void {
      const over = ended !== undefined;
      update.run(JSON.stringify(run), over ? null : nextDue(run), !over && isActive(run) ? 1 : 0, id);
      addEvents(id, events);
      if (redriven !== undefined) reopen.run(redriven.count, redriven.at, redriven.token ?? null, id);
      if (ended === undefined) return;
      const { outcome } = ended;
      const failure = outcome.status === 'SUCCEEDED' ? {} : outcome.failure;
      const output = outcome.status === 'SUCCEEDED' ? outcome.output : null;
      close.run(outcome.status, ended.at, output, failure.error ?? null, failure.cause ?? null, id);
    },
    load(id: number): (ExecutionRow & { readonly run: Run }) | undefined {
      const row = byId.get(id);
      if (row === undefined) return undefined;
      const run: Run = JSON.parse(text(row, 'run'));
      return { ...executionRow(row), run };
    },
    exists: (id: number): boolean => present.get(id) !== undefined,
    machineOf(id: number): string | undefined {
      const row = machine.get(id);
      return row && text(row, 'machine');
    },
    find(arn: string): ExecutionRow | undefined {
      const row = byArn.get(arn);
      return row && executionRow(row);
    },
    earliestDue(): Millis | undefined {
      const row = earliest.get();
      return row && number(row, 'due');
    },
    dueAt: (now: Millis): number[] => fallen.all(now).map((row) => number(row, 'id')),
    active: (): number[] => active.all().map((row) => number(row, 'id')),
    countRunning(machine: string): number {
      const row = runningOf.get(machine);
      return row === undefined ? 0 : number(row, 'n');
    },
    /** Executions of a machine, latest first, from before the given place on. */
    list(
      machine: string,
      status: Status | undefined,
      before: { started: Millis; id: number },
      limit: number,
    ): ExecutionRow[] {
      const { started, id } = before;
      const rows =
        status === undefined ? list.all(machine, started, id, limit) : listIn.all(machine, status, started, id, limit);
      return rows.map(executionRow);
    },
    /** Events from the given id on, upwards or downwards, as stored text; read only as far as they are asked for. */
    *events(execution: number, from: number, limit: number, reverse: boolean): Generator<string> {
      for (const row of (reverse ? pages.down : pages.up).iterate(execution, from, limit)) yield text(row, 'event');
    },
    /** How many events there are: the id of the last. */
    countEvents(execution: number): number {
      const row = lastEvent.get(execution);
      return row === undefined ? 0 : number(row, 'id');
    },
    remove(id: number): void {
      removeEvents.run(id);
      remove.run(id);
    },
    stoppedBefore: (moment: Millis): number[] => forgotten.all(moment).map((row) => number(row, 'id')),
  };
}

function executionRow(row: Row): ExecutionRow {
  const status = STATUSES.find((one) => one === row.status);
  if (status === undefined) throw new Error('an execution has no known status');
  const stopped = optionalNumber(row, 'stopped');
  const output = optionalText(row, 'output');
  const error = optionalText(row, 'error');
  const cause = optionalText(row, 'cause');
  const redriven = optionalNumber(row, 'redriven');
  const redriveToken = optionalText(row, 'redrive_token');
  return {
    id: number(row, 'id'),
    arn: text(row, 'arn'),
    name: text(row, 'name'),
    machine: text(row, 'machine'),
    revision: number(row, 'revision'),
    status,
    started: number(row, 'started'),
    input: optionalText(row, 'input') ?? '',
    redrives: number(row, 'redrives'),
    ...(stopped !== undefined && { stopped }),
    ...(output !== undefined && { output }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    ...(redriven !== undefined && { redriven }),
    ...(redriveToken !== undefined && { redriveToken }),
  };
}
