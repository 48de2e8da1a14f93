import * as z from 'zod';
import type { Kind } from '../../../shared/domain/ids.ts';
import { endOfDay, localDate } from '../../../shared/domain/time.ts';
import {
  AdvanceInput,
  CoverInput,
  CoverOutput,
  OpenTaskInput,
  Progress,
  ScreenInput,
} from '../../../shared/domain/workflow/contract.ts';
import { edgesFrom, endStages, isLegal } from '../../../shared/kinds/lifecycle.ts';
import {
  type Execution,
  type Fields,
  FunctionError,
  openRuntime,
  ROLE,
  type Runtime,
} from '../step-functions/runtime.ts';
import { definitionText } from './definitions.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** What a workflow asked of somebody, and has not heard an answer to. */
interface Question {
  readonly stage: string;
  readonly token: string;
  readonly dueSeconds: number;
  readonly stuck: boolean;
}

/** A case as the stand-ins of the stage functions keep it. */
export interface Subject {
  readonly id: string;
  stage: string;
  run: number;
  question: Question | undefined;
  /** what the workflow had done about silence: action and the stage, with the hours since the case was opened */
  readonly done: { readonly action: string; readonly stage: string; readonly round: number; readonly hours: number }[];
  /** errors that a function throws, one a call, before it works */
  readonly faults: { [functionName: string]: string[] };
  /** what a function gives instead of the truth, one a call */
  readonly lies: { [functionName: string]: Fields[] };
  readonly openedAt: number;
}

export interface World {
  readonly runtime: Runtime;
  /** A case that stands in `stage`, and its workflow, as far as it goes without anybody's help. */
  open(stage?: string): Promise<Subject>;
  /** Somebody, or the applicant, brings the case to another stage, or answers without doing so. */
  answer(subject: Subject, stage?: string): Promise<void>;
  /** The workflow is given this as the answer to what it asked. */
  answerWith(subject: Subject, progress: { stage: string; until?: string; renewed?: boolean }): Promise<void>;
  /** Time passes. */
  pass(millis: number): Promise<void>;
  execution(subject: Subject, run?: number): Promise<Execution>;
  /** Lets a failed execution go on from where it failed. */
  redrive(subject: Subject): Promise<void>;
  /** The states that an execution went through, in order. */
  states(subject: Subject, run?: number): Promise<string[]>;
  /** Stops every workflow, so that no later test waits for it. */
  stopAll(): Promise<void>;
  /** Every way from state to state that any case went so far, as `from → to`. */
  waysGone(): Promise<Set<string>>;
  close(): Promise<void>;
}

/** Days after which what is naturally waited for is there: an arrival, a report; the end of cover. */
const UNTIL_DAYS: Readonly<Record<string, number>> = { 'in-transit': 3, delivering: 30 };
export const COVER_DAYS = 60;
const NOTICE_DAYS = 3;

/** What the stage functions take and give: their stand-ins take and give no more. */
const contract: Readonly<Record<string, { readonly takes: z.ZodType<Fields>; readonly gives: z.ZodType }>> = {
  screen: { takes: ScreenInput, gives: Progress },
  'open-task': { takes: OpenTaskInput, gives: z.null() },
  advance: { takes: AdvanceInput, gives: Progress },
  cover: { takes: CoverInput, gives: CoverOutput },
};

/**
 * The state machine of a kind with stand-ins for its functions, which follow the lifecycle and nothing else.
 * @param definition as the stack would deploy it now, unless told
 */
export async function openWorld(kind: Kind, definition: string = definitionText(kind)): Promise<World> {
  const subjects = new Map<string, Subject>();
  const untils = new Map<string, string>();

  const moveTo = (subject: Subject, stage: string): void => {
    subject.stage = stage;
    subject.question = undefined;
    const days = UNTIL_DAYS[stage];
    if (days !== undefined) untils.set(subject.id, endOfDay(localDate(runtime.clock.now() + days * DAY)));
  };
  const progressOf = ({ id, stage }: Subject): Fields => ({
    stage,
    ...(UNTIL_DAYS[stage] !== undefined && { until: untils.get(id) }),
  });
  const tell = (subject: Subject, taskToken: string, progress = progressOf(subject)): Promise<Fields> =>
    runtime.call('SendTaskSuccess', { taskToken, output: JSON.stringify(progress) });

  const functions: Readonly<Record<string, (subject: Subject, payload: Fields) => unknown>> = {
    screen: (subject) => {
      if (subject.stage === 'submitted') moveTo(subject, 'screening');
      return progressOf(subject);
    },
    'open-task': (subject, payload) => {
      const stage = String(payload.stage);
      const token = String(payload.taskToken);
      const stuck = payload.stuck === true;
      if (!stuck && isLegal(kind, subject.stage, 'screened', stage)) moveTo(subject, stage);
      if (!stuck && subject.stage !== stage) {
        // as the relay does after the news that open-task writes
        runtime.clock.at(runtime.clock.now(), () => void tell(subject, token));
        return null;
      }
      subject.question = { stage, token, stuck, dueSeconds: Number(payload.dueSeconds) };
      return null;
    },
    advance: (subject, payload) => {
      const [stage, action, round] = [String(payload.stage), String(payload.action), Number(payload.round)];
      const hours = Math.round((runtime.clock.now() - subject.openedAt) / HOUR);
      subject.done.push({ action, stage, round, hours });
      if (action === 'renew' && subject.run === payload.run) {
        subject.run += 1;
        void start(subject);
      }
      const on = { expire: 'expired', 'arrival-due': 'arrival-due', end: 'ended' }[action];
      if (on !== undefined && subject.stage === stage) {
        const edge = edgesFrom(kind, stage).find((each) => each.on === on);
        if (!edge) throw new FunctionError(`Permanent: no edge ${on} from ${stage}`);
        moveTo(subject, edge.to);
      }
      return progressOf(subject);
    },
    cover: (subject) => ({
      ...progressOf(subject),
      endingSoonAt: new Date(subject.openedAt + (COVER_DAYS - NOTICE_DAYS) * DAY).toISOString(),
      endsAt: new Date(subject.openedAt + COVER_DAYS * DAY).toISOString(),
    }),
  };

  const runtime = await openRuntime((payload, arn) => {
    const name = arn.slice(arn.lastIndexOf(':') + 1);
    const subject = subjects.get(String(payload.caseId));
    const act = functions[name];
    const agreed = contract[name];
    if (!subject || !act || !agreed) throw new FunctionError(`Permanent: ${name} of nothing`);
    const fault = subject.faults[name]?.shift();
    if (fault !== undefined) throw new FunctionError(`${fault}: made up`);
    const truth = agreed.gives.parse(act(subject, agreed.takes.parse(payload)));
    return subject.lies[name]?.shift() ?? truth;
  });
  const machine = runtime.service.deploy({ name: kind, definition, roleArn: ROLE });
  const start = ({ id, run }: Subject): Promise<string> =>
    runtime.start(machine, { caseId: id, kind, version: 1 }, `${id}-${run}`);
  const arnOf = ({ id, run }: Subject, wanted = run): string =>
    `${machine.replace(':stateMachine:', ':execution:')}:${id}-${wanted}`;

  const world: World = {
    runtime,
    async open(stage = 'submitted') {
      const id = `${kind.charAt(0).toUpperCase()}${String(subjects.size).padStart(9, '0')}`;
      const openedAt = runtime.clock.now();
      const subject: Subject = { id, stage, run: 1, question: undefined, done: [], faults: {}, lies: {}, openedAt };
      subjects.set(id, subject);
      moveTo(subject, stage);
      await start(subject);
      await runtime.clock.settled();
      return subject;
    },
    async answer(subject, stage = subject.stage) {
      const token = tokenOf(subject);
      if (stage !== subject.stage) moveTo(subject, stage);
      subject.question = undefined;
      await tell(subject, token);
      await runtime.clock.settled();
    },
    async answerWith(subject, progress) {
      const token = tokenOf(subject);
      moveTo(subject, progress.stage);
      await tell(subject, token, progress);
      await runtime.clock.settled();
    },
    pass: (millis) => runtime.clock.advance(millis),
    async redrive(subject) {
      await runtime.call('RedriveExecution', { executionArn: arnOf(subject) });
      await runtime.clock.settled();
    },
    execution: (subject, run) => runtime.describe(arnOf(subject, run)),
    states: (subject, run) => statesOf(runtime, arnOf(subject, run)),
    async stopAll() {
      for (const subject of subjects.values()) {
        await runtime.call('StopExecution', { executionArn: arnOf(subject) });
      }
    },
    async waysGone() {
      const ways = new Set<string>();
      for (const subject of subjects.values()) {
        for (let run = 1; run <= subject.run; run++) {
          const names = await statesOf(runtime, arnOf(subject, run));
          for (let at = 1; at < names.length; at++) ways.add(`${names[at - 1]} → ${names[at]}`);
        }
      }
      return ways;
    },
    close: () => runtime.close(),
  };
  return world;
}

function tokenOf({ id, stage, question }: Subject): string {
  if (!question) throw new Error(`nobody is asked about ${id} in ${stage}`);
  return question.token;
}

async function statesOf(runtime: Runtime, execution: string): Promise<string[]> {
  const events = await runtime.events(execution);
  return events.flatMap(({ type, stateEnteredEventDetails: details }) =>
    type.endsWith('StateEntered') && details !== null && typeof details === 'object' && 'name' in details
      ? [String(details.name)]
      : [],
  );
}

/** Whether a case in this stage waits for somebody, as the lifecycle has it. */
export function isAsked(kind: Kind, stage: string): boolean {
  return !endStages.has(stage) && edgesFrom(kind, stage).some(({ by, on }) => by !== 'workflow' && on !== 'withdrawn');
}
