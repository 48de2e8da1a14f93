import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { eachEvent } from '../../functions/stream/each-event.ts';

vi.spyOn(console, 'error').mockImplementation(() => {});

const recordOf = (pk: string, number: number): DynamoDBRecord => ({
  eventID: `event-${number}`,
  dynamodb: {
    SequenceNumber: String(number),
    NewImage: { entity: { S: 'letter' }, pk: { S: pk }, number: { N: String(number) } },
  },
});

test('the records of a case are carried on in order, up to one that fails, and the stream goes on at the first that failed', async () => {
  const news = fc.record({ pk: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), fails: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(news, { maxLength: 25 }), fc.scheduler(), async (batch, scheduler) => {
      const begun: number[] = [];
      const ended: number[] = [];
      const letter = async ({ number }: Readonly<Record<string, unknown>>): Promise<void> => {
        const index = Number(number);
        begun.push(index);
        await scheduler.schedule(Promise.resolve());
        if (batch[index]?.fails) throw new Error('no');
        ended.push(index);
      };
      const records = batch.map(({ pk }, index) => recordOf(pk, index));
      const result = await scheduler.waitFor(eachEvent({ Records: records }, async () => {}, { letter }));

      const failed = begun.filter((index) => batch[index]?.fails);
      const first = failed.length === 0 ? undefined : Math.min(...failed);
      expect(result.batchItemFailures).toEqual(first === undefined ? [] : [{ itemIdentifier: String(first) }]);
      for (const pk of new Set(batch.map((one) => one.pk))) {
        const own = batch.flatMap((one, index) => (one.pk === pk ? [index] : []));
        const stop = own.findIndex((index) => batch[index]?.fails);
        expect(begun.filter((index) => own.includes(index))).toEqual(stop < 0 ? own : own.slice(0, stop + 1));
      }
      const before = batch.map((_, index) => index).slice(0, first);
      expect(before.every((index) => ended.includes(index))).toBe(true);
    }),
  );
});

test('cases do not wait for one another', async () => {
  let go: () => void = () => {};
  const waiting = new Promise<void>((resolve) => {
    go = resolve;
  });
  // the first case ends only when the second was told
  const letter = async ({ pk }: Readonly<Record<string, unknown>>) => (pk === 'slow' ? waiting : go());
  const records = [recordOf('slow', 0), recordOf('quick', 1)];
  expect(await eachEvent({ Records: records }, async () => {}, { letter })).toEqual({ batchItemFailures: [] });
});
