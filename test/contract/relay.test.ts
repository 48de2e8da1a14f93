import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { relayEvent } from '../../functions/relay/relay.ts';
import { openTask } from '../../functions/stages/open-task/open-task.ts';
import { eachEvent } from '../../functions/stream/each-event.ts';
import { withdrawCase } from '../../shared/case/applicant-actions.ts';
import type { Case } from '../../shared/kinds/case.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { keys } from '../../shared/store/keys.ts';
import { queryAll } from '../../shared/store/table.ts';
import { contentsOf } from '../engine/contents.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { policedTable } from '../engine/policed-table.ts';
import { recordOf } from '../engine/record-of.ts';
import { aCaseIn, answer, answerWith, applicantOf, broughtTo, openProgramme, submitted } from '../factory/hub.ts';
import { ServiceFault } from '../fake/aws-json.ts';
import { type FakeStepFunctions, startStepFunctions } from '../fake/step-functions.ts';

let stand: HubStand;
let sfn: FakeStepFunctions;
let hub: Hub;
beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {});
  [stand, sfn] = [await startHub(), await startStepFunctions()];
  ({ hub } = stand);
  await openProgramme(hub, { id: 'fund' });
});
afterEach(() => {
  sfn.fault = undefined;
  sfn.executions.clear();
  sfn.waiting.clear();
  sfn.answers.length = 0;
});
afterAll(async () => {
  await stand.stop();
  await sfn.stop();
});

async function recordsOf(subject: Pick<Case, 'id'>): Promise<DynamoDBRecord[]> {
  const items = await queryAll(hub.table, keys.case(subject.id).pk, 'EVENT#');
  return items.map(recordOf);
}

async function deliver(records: readonly DynamoDBRecord[]) {
  const batch: DynamoDBStreamEvent = { Records: [...records] };
  const relay = {
    table: await policedTable(hub.table, 'relay'),
    sfn: sfn.client,
    machines: sfn.machines,
    jobsMachine: sfn.jobsMachine,
  };
  return eachEvent(batch, (event) => relayEvent(relay, event));
}

const done = { batchItemFailures: [] };

describe('the relay', () => {
  it.each(['need', 'grant', 'insurance'] as const)(
    'starts the workflow of a new %s, named after it, with nothing a person typed',
    async (kind) => {
      const subject = await submitted(hub, kind);
      expect(await deliver(await recordsOf(subject))).toEqual(done);
      expect(sfn.executions.get(`${subject.id}-1`)).toEqual({
        machine: sfn.machines[kind],
        input: { caseId: subject.id, kind, version: 1 },
        status: 'RUNNING',
      });
    },
  );

  it('takes a workflow that runs, or has ended, for a success', async () => {
    const subject = await submitted(hub, 'need');
    const records = await recordsOf(subject);
    await deliver(records);
    expect(await deliver(records)).toEqual(done);
    const execution = sfn.executions.get(`${subject.id}-1`);
    if (execution) execution.status = 'SUCCEEDED';
    expect(await deliver(records)).toEqual(done);
    expect(sfn.executions.size).toBe(1);
  });

  it('gives the workflow that waits for an answer where the case is now', async () => {
    const subject = await aCaseIn(hub, 'need', 'dispatching');
    await answer(hub, subject);
    const token = `token of ${subject.id}`;
    sfn.waiting.add(token);
    const records = await recordsOf(subject);
    expect(await deliver(records.slice(-1))).toEqual(done);
    expect(sfn.answers).toMatchObject([{ token, output: { stage: 'in-transit', until: expect.any(String) } }]);
  });

  it('ends a run that may not know the stage it is led to, and starts another for the case; once, however often it hears of it', async () => {
    const subject = await aCaseIn(hub, 'grant', 'delivering');
    await openTask(hub.table, { caseId: subject.id, stage: 'delivering', taskToken: 'old run', dueSeconds: 60 });
    sfn.waiting.add('old run');
    await answerWith(hub, subject, { outcome: 'stopped', reason: '不再需要' });
    const records = await recordsOf(subject);
    expect(await deliver(records)).toEqual(done);
    await deliver(records);
    expect(sfn.answers).toContainEqual({ token: 'old run', output: { stage: 'returning', renewed: true } });
    expect(sfn.executions.get(`${subject.id}-2`)).toMatchObject({ input: { caseId: subject.id, kind: 'grant' } });
    // in the new run the next answer is an answer as any other
    const owing = await broughtTo(hub, subject, 'returning');
    await openTask(hub.table, { caseId: subject.id, stage: 'returning', taskToken: 'new run', dueSeconds: 60 });
    sfn.waiting.add('new run');
    await answer(hub, owing);
    await deliver(await recordsOf(subject));
    expect(sfn.answers).toContainEqual({ token: 'new run', output: { stage: 'terminated' } });
    expect(sfn.executions.has(`${subject.id}-3`)).toBe(false);
  });

  it('tells the workflow that the applicant withdrew, and starts one for each linked need', async () => {
    const subject = await aCaseIn(hub, 'need', 'approving');
    const after = await answer(hub, subject, { lines: [{ line: 'L1', quantity: 1 }] });
    const [child] = after.children;
    if (!child) throw new Error('no linked need');
    await deliver(await recordsOf({ id: child }));
    expect([...sfn.executions.keys()]).toEqual([`${child}-1`]);
    await broughtTo(hub, { ...subject, id: child }, 'matching');
    await withdrawCase(hub, child, {}, applicantOf(child));
    sfn.waiting.add(`token of ${child}`);
    await deliver((await recordsOf({ id: child })).slice(-1));
    expect(sfn.answers).toMatchObject([{ output: { stage: 'withdrawn' } }]);
  });

  it('lets go of a token that nobody waits with any more', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    await answer(hub, subject);
    expect(await deliver((await recordsOf(subject)).slice(-1))).toEqual(done);
    for (const name of ['TaskDoesNotExist', 'InvalidToken', 'TaskTimedOut']) {
      sfn.fault = new ServiceFault(name);
      expect(await deliver((await recordsOf(subject)).slice(-1))).toEqual(done);
    }
  });

  it('has the stream go on at the first event that could not be carried on, which keeps back no other case', async () => {
    const [first, second, third] = [
      await submitted(hub, 'need'),
      await submitted(hub, 'need'),
      await submitted(hub, 'need'),
    ];
    const records = [...(await recordsOf(first)), ...(await recordsOf(second)), ...(await recordsOf(third))].map(
      (record, index) => ({ ...record, dynamodb: { ...record.dynamodb, SequenceNumber: `s${index}` } }),
    );
    await deliver(records.slice(0, 1));
    sfn.fault = new ServiceFault('ThrottlingException');
    expect(await deliver(records)).toEqual({ batchItemFailures: [{ itemIdentifier: 's0' }] });
    sfn.fault = undefined;
    const broken = { ...records[1], dynamodb: { SequenceNumber: 's1', NewImage: { entity: { S: 'event' } } } };
    const [one, , three] = records;
    if (!one || !three) throw new Error('no records');
    expect(await deliver([one, broken, three])).toEqual({ batchItemFailures: [{ itemIdentifier: 's1' }] });
    expect(sfn.executions.has(`${third.id}-1`)).toBe(true);
  });

  it('passes over what is no event', async () => {
    expect(
      await deliver([
        { eventName: 'INSERT', dynamodb: { SequenceNumber: '1', NewImage: { entity: { S: 'case' } } } },
        { eventName: 'REMOVE', dynamodb: {} },
      ]),
    ).toEqual(done);
  });

  it('given the same records twice, late and in any order changes nothing: one start, one answer a question, none while a question is open', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    await answer(hub, subject);
    // the step is tried again after the answer, which makes the relay answer the new token
    await openTask(hub.table, { caseId: subject.id, stage: 'verifying', taskToken: 'late', dueSeconds: 60 });
    sfn.waiting.add('late');
    await deliver(await recordsOf(subject));
    expect(sfn.answers).toMatchObject([{ token: 'late', output: { stage: 'matching' } }]);
    await broughtTo(hub, subject, 'matching');
    const waiting = 'the present question’s';
    await openTask(hub.table, { caseId: subject.id, stage: 'matching', taskToken: waiting, dueSeconds: 60 });
    sfn.waiting.add(waiting);
    const records = await recordsOf(subject);
    const [answers, executions, table] = [[...sfn.answers], new Map(sfn.executions), await contentsOf(hub.table)];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...records, ...records], { minLength: 1 }), async (again) => {
        expect(await deliver(again)).toEqual(done);
        expect(sfn.answers).toEqual(answers);
        expect(sfn.executions).toEqual(executions);
        expect([...sfn.waiting]).toEqual([waiting]);
      }),
      { numRuns: 25 },
    );
    expect(await contentsOf(hub.table)).toEqual(table);
  });
});
