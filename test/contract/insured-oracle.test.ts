import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { cover } from '../../functions/stages/cover/cover.ts';
import { CaseId } from '../../shared/domain/ids.ts';
import { type ApiStand, startApi } from '../engine/api-stand.ts';
import { commandsDuring } from '../engine/commands-during.ts';
import { submissionOf, type Walked, walker } from '../engine/walk.ts';

const Submission = z.looseObject({
  volunteers: z.array(z.looseObject({ identityNumber: z.string() })),
  coverFrom: z.string(),
  coverTo: z.string(),
});
const Rows = z.looseObject({ items: z.array(z.looseObject({})) });

let api: ApiStand;
let walk: ReturnType<typeof walker>;
/** The same request twice: of people who have cover on these days, and of people who have none. */
let insured: z.output<typeof Submission>;
const stranger = (): z.output<typeof Submission> => Submission.parse(submissionOf('insurance'));

beforeAll(async () => {
  api = await startApi();
  walk = walker(api);
  insured = stranger();
  const active = await walk.at('insurance', 'active', insured);
  await cover(api.hub.table, CaseId.parse(active.id));
});
afterAll(() => api.stop());

/** What a person reads of an answer: without what is each request's own. */
const told = (body: unknown, { id, secret }: Walked): string =>
  JSON.stringify(body)
    .replaceAll(secret, 'SECRET')
    .replaceAll(id, 'ID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'THEN');

describe('whoever has no right to know who is insured', () => {
  it('learns the same of a person with cover and of one without: by a roster that is looked through', async () => {
    const ask = ({ volunteers, coverFrom, coverTo }: z.output<typeof Submission>) =>
      commandsDuring(api.hub.table, () =>
        api.ok('POST', '/roster-reviews', Rows, { body: { volunteers, coverFrom, coverTo } }),
      );
    const [known, unknown] = [await ask(insured), await ask(stranger())];
    expect(known[1]).toEqual(unknown[1]);
    const verdicts = ([{ items }]: typeof known) => items.map(({ ok, problems }) => ({ ok, problems }));
    expect(verdicts(known)).toEqual(verdicts(unknown));
  });

  it('learns the same by sending requests, and by reading by their links what became of them', async () => {
    const seen = await Promise.all(
      [insured, stranger()].map(async (body) => {
        const walked = await walk.submit('insurance', body);
        const { body: tracked } = await api.call('GET', `/track/${walked.secret}`);
        return told(tracked, walked);
      }),
    );
    expect(seen[0]).toBe(seen[1]);
  });
});

it('who decides is told how many of a roster have cover already', async () => {
  const walked = await walk.submit('insurance', insured);
  const { body } = await api.call('GET', `/cases/${walked.id}`, { as: 'hub-coordinator' });
  const { length } = insured.volunteers;
  expect(body).toMatchObject({
    screening: [{ code: 'already-covered', detail: expect.stringContaining(String(length)) }],
  });
});
