import { type Clock, type LambdaService, ServiceError } from '../../types.ts';
import { compileDefinition } from '../definition/compile.ts';
import type { MachineProgram } from '../definition/program.ts';
import type { Storage } from '../storage/index.ts';
import { type Access, type Actor, type Message, newTurn, statusOf } from './actor.ts';
import { advance } from './advance.ts';
import { createDueTimer } from './due-timer.ts';
import { type Authorize, callFunction } from './lambda-answer.ts';
import { loadActor } from './load-actor.ts';
import { eachBranch, findTask, hasStatesToEnter, type TaskDoing } from './run.ts';
import { newTaskToken } from './task-token.ts';

interface EngineOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly lambda: LambdaService;
  readonly region: string;
  readonly accountId: string;
  readonly authorize?: Authorize | undefined;
}

export interface Engine {
  /** Takes up everything that was under way when the process last ended. */
  start(): Promise<void>;
  /** Lets what is being walked reach the disk; functions still running are called again at the next start. */
  stop(): Promise<void>;
  /**
   * Does something to an execution, walks it as far as it then goes, and resolves once that is on disk. Without an
   * action it is only walked. Rejects with what the action threw; then nothing has changed.
   */
  post(execution: number, action?: (access: Access) => void): Promise<void>;
  /** The compiled definition of a revision, by its id. */
  programOf(revision: number): MachineProgram;
}

/** Executions taken up at once after a restart, so that a crowd of them does not fill the memory. */
const CROWD = 200;

/** Milliseconds until an execution that could not be written is tried again. */
const PAUSE = 1_000;

function stopping(): ServiceError {
  return new ServiceError('ServiceUnavailable', 'Step Functions is stopping', 503);
}

export function createEngine({ storage, clock, lambda, region, accountId, authorize }: EngineOptions): Engine {
  const actors = new Map<number, Actor>();
  const programs = new Map<number, MachineProgram>();
  const turns = new Set<Promise<void>>();
  let stopped = false;

  const programOf = (revision: number): MachineProgram => {
    let program = programs.get(revision);
    if (program === undefined) {
      program = compileDefinition(storage.machines.revision(revision).definition);
      programs.set(revision, program);
    }
    return program;
  };

  const post: Engine['post'] = (id, action) =>
    new Promise((resolve, reject) => {
      if (stopped) return reject(stopping());
      const actor = actors.get(id) ?? loadActor(storage, id, programOf);
      if (actor === undefined)
        return reject(new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${id}'`));
      actors.set(id, actor);
      actor.inbox.push({ act: (access) => action?.(access), done: resolve, fail: reject });
      if (actor.running) return;
      actor.running = true;
      const release = clock.busy('execution');
      const turn = drain(actor).finally(() => {
        turns.delete(turn);
        release();
      });
      turns.add(turn);
    });

  const timer = createDueTimer(storage.executions, clock, (id) => post(id));

  /** Turn after turn until nothing is left to be done to the execution for now. */
  const drain = async (actor: Actor): Promise<void> => {
    do {
      const messages = actor.inbox.splice(0);
      try {
        const accepted = await takeTurn(actor, messages);
        timer.arm();
        for (const message of accepted) message.done();
      } catch (error) {
        // What is in memory may be ahead of the disk: it is loaded anew, and goes on from there once the disk takes it.
        actors.delete(actor.id);
        for (const message of [...messages, ...actor.inbox.splice(0)]) message.fail(error);
        if (!stopped) clock.at(clock.now() + PAUSE, () => void post(actor.id).catch(() => {}));
        return;
      }
    } while (!stopped && (actor.inbox.length > 0 || (actor.status === 'RUNNING' && hasStatesToEnter(actor.run))));
    actor.running = false;
    for (const message of actor.inbox.splice(0)) message.fail(stopping());
    if (actor.calling.size === 0) actors.delete(actor.id);
  };

  const takeTurn = async (actor: Actor, messages: Message[]): Promise<Message[]> => {
    const turn = newTurn(actor, region, clock.now(), () => newTaskToken(actor.id));
    const before = actor.facts;
    const accepted: Message[] = [];
    for (const message of messages) {
      try {
        message.act({ actor, turn });
        accepted.push(message);
      } catch (error) {
        message.fail(error);
      }
    }
    if (actor.status !== 'RUNNING') return accepted;
    if (turn.outcome === undefined) await advance(turn);
    const { outcome } = turn;
    actor.status = statusOf(outcome);
    const { redriveCount, redriveToken } = actor.facts;
    storage.database.write(() =>
      storage.executions.save(actor.id, {
        run: actor.run,
        events: turn.events,
        ...(outcome !== undefined && { ended: { outcome, at: turn.now } }),
        ...(actor.facts !== before && {
          redriven: { count: redriveCount, at: turn.now, ...(redriveToken !== undefined && { token: redriveToken }) },
        }),
      }),
    );
    await storage.database.durable();
    if (actor.status === 'RUNNING') beginCalls(actor);
    else storage.forgetDeleted(actor.facts.machineArn);
    return accepted;
  };

  /** Starts the calls that should be running and are not: just scheduled, or under way when the process ended. */
  const beginCalls = (actor: Actor): void => {
    eachBranch(actor.run.root, ({ doing }) => {
      if (stopped || doing.is !== 'task' || doing.stage !== 'calling' || actor.calling.has(doing.attempt)) return;
      actor.calling.add(doing.attempt);
      void call(actor, doing, clock.busy(`a call of ${doing.functionName}`));
    });
  };

  const call = async (actor: Actor, task: TaskDoing, release: () => void): Promise<void> => {
    const { functionName, attempt } = task;
    const functionArn = functionName.startsWith('arn:')
      ? functionName
      : `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;
    const answer = await callFunction(lambda, authorize, { task, roleArn: actor.facts.roleArn, functionArn }, () =>
      clock.now(),
    );
    try {
      // Until the answer is taken up the call counts as under way, or it would be made again.
      await post(actor.id, ({ turn }) => {
        actor.calling.delete(attempt);
        const found = findTask(turn.run, (one) => one.attempt === attempt)?.task;
        if (found?.stage === 'calling') found.answer ??= answer;
      });
    } catch (error) {
      if (!stopped)
        console.error(
          JSON.stringify({
            level: 'ERROR',
            message: 'an execution could not go on',
            execution: actor.facts.arn,
            error: String(error),
          }),
        );
    } finally {
      actor.calling.delete(attempt);
      release();
    }
  };

  return {
    post,
    programOf,
    async start() {
      const release = clock.busy('what was under way');
      try {
        const active = storage.executions.active();
        for (let i = 0; i < active.length; i += CROWD)
          await Promise.allSettled(active.slice(i, i + CROWD).map((id) => post(id)));
        timer.arm();
      } finally {
        release();
      }
    },
    async stop() {
      stopped = true;
      timer.stop();
      await Promise.allSettled([...turns, timer.idle()]);
      await storage.database.durable();
    },
  };
}
