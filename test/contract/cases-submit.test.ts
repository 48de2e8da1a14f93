import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeProgramme } from '../../shared/case/catalogue.ts';
import { batchFile, reviewRoster, rosterOf } from '../../shared/case/roster.ts';
import { submitCase } from '../../shared/case/submit.ts';
import { openLink, secretOf } from '../../shared/case/track.ts';
import { type Kind, kinds, ProgrammeId } from '../../shared/domain/ids.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { contentsOf } from '../engine/contents.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { interceptTable } from '../engine/intercepted-table.ts';
import { asMade } from '../factory/cases.ts';
import { aCaseIn, aVolunteer, day, inputs, openProgramme, person, submitted } from '../factory/hub.ts';

let stand: HubStand;
let hub: Hub;
beforeAll(async () => {
  stand = await startHub();
  ({ hub } = stand);
  await openProgramme(hub, { id: 'fund' });
});
afterAll(() => stand.stop());

async function refusal(kind: Kind, body: unknown) {
  const before = await contentsOf(hub.table);
  const error: unknown = await submitCase(hub, kind, { body }).catch((thrown: unknown) => thrown);
  expect(await contentsOf(hub.table)).toEqual(before);
  return error;
}

describe.each(kinds)('a submitted %s', (kind) => {
  it('is there with the event that starts its workflow, and nothing personal is in that event', async () => {
    const subject = await submitted(hub, kind);
    const file = await readCaseFile(hub.table, subject.id);
    expect(asMade(file?.subject)).toEqual(asMade(subject));
    expect(file?.events).toMatchObject([
      { type: 'submitted', kind, version: 1, run: 1, stage: 'submitted', by: { type: 'applicant' } },
    ]);
    const [item] = (await contentsOf(hub.table)).filter(
      ({ pk, entity }) => pk === `CASE#${subject.id}` && entity === 'event',
    );
    expect(item).toMatchObject({ relay: 'yes', notify: 'yes' });
    const words = JSON.stringify(item);
    for (const personal of ['某某', '027', 'example.org', '医院', '志愿者']) expect(words).not.toContain(personal);
  });

  it('is one case, however often and however much at once the same request comes', async () => {
    const body = inputs[kind]();
    const once = { scope: 'public', key: `key of ${kind}`, request: body };
    const made = await Promise.all(Array.from({ length: 5 }, () => submitCase(hub, kind, { body, once })));
    expect(new Set(made.map(({ subject }) => subject.id)).size).toBe(1);
    expect(made.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await submitCase(hub, kind, { body, once })).toMatchObject({ replayed: true });
    await expect(submitCase(hub, kind, { body, once: { ...once, request: {} } })).rejects.toMatchObject({
      code: 'idempotency-mismatch',
    });
  });

  it('can come without contact from a coordinator, which is recorded, and from no other member', async () => {
    const body = inputs[kind]({ contact: undefined });
    const { subject } = await submitCase(hub, kind, { body, member: person('hub-coordinator') });
    expect(subject).toMatchObject({ onBehalf: { member: 'hub-coordinator', party: 'hub' } });
    const file = await readCaseFile(hub.table, subject.id);
    expect(file?.events).toMatchObject([{ by: { type: 'member', member: 'hub-coordinator', onBehalf: true } }]);
    for (const id of ['funder-approver', 'insurer']) {
      await expect(submitCase(hub, kind, { body, member: person(id) })).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await refusal(kind, body)).toMatchObject({ fields: [{ pointer: '/contact', code: 'required' }] });
  });

  it('that is wrong is refused field by field, and nothing of it is stored', async () => {
    for (const body of [undefined, null, 'x', [], {}, inputs[kind]({ organization: ' ' })]) {
      expect(await refusal(kind, body)).toMatchObject({ code: 'invalid' });
    }
    expect(await refusal(kind, inputs[kind]({ organization: '\ud800', extra: 1 }))).toMatchObject({
      fields: [
        { pointer: '/organization', code: 'malformed-text' },
        { pointer: '', code: 'unknown-field', params: { field: 'extra' } },
      ],
    });
  });
});

describe('a need', () => {
  it('with more text than can be kept until it is closed is refused with a clear word, not with a failure', async () => {
    const lines = Array.from({ length: 200 }, () => ({
      item: '口'.repeat(120),
      specification: '罩'.repeat(300),
      quantity: 1,
    }));
    expect(await refusal('need', inputs.need({ lines }))).toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/lines', code: 'too-much-text' }],
    });
  });
});

describe('a grant application', () => {
  it('to a programme that is unknown, closed or past its day is refused', async () => {
    expect(await refusal('grant', inputs.grant({ programme: 'no-such' }))).toMatchObject({
      fields: [{ pointer: '/programme', code: 'not-found' }],
    });
    await openProgramme(hub, { id: 'closed' });
    await closeProgramme(hub, ProgrammeId.parse('closed'), person('funder-approver'));
    expect(await refusal('grant', inputs.grant({ programme: 'closed' }))).toMatchObject({ code: 'programme-closed' });
  });
});

describe('a roster', () => {
  it('with wrong rows is refused with each of them, and nobody’s data is stored', async () => {
    const [good, young, double] = [aVolunteer(), aVolunteer(), aVolunteer()];
    const volunteers = [good, { ...young, phone: '123' }, { ...double, identityNumber: good.identityNumber }, {}];
    expect(await refusal('insurance', inputs.insurance({ volunteers }))).toMatchObject({
      code: 'invalid',
      fields: [
        { pointer: '/volunteers/1/phone', code: 'phone-not-mobile' },
        { pointer: '/volunteers/2/identityNumber', code: 'double-in-file', params: { line: '1' } },
        { pointer: '/volunteers/3/name', code: 'required' },
        { pointer: '/volunteers/3/identityNumber', code: 'required' },
        { pointer: '/volunteers/3/phone', code: 'required' },
      ],
    });
    const rows = reviewRoster({ volunteers, coverFrom: day(1), coverTo: day(9) });
    expect(rows.map((row) => row.ok)).toEqual([true, false, false, false]);
  });

  it.each([
    ['/coverFrom', 'in-the-past', { coverFrom: day(-1) }],
    ['/coverTo', 'before-start', { coverFrom: day(5), coverTo: day(4) }],
    ['/coverTo', 'too-long-cover', { coverFrom: day(1), coverTo: day(181) }],
  ])('for days that cannot be covered is refused: %s %s', async (pointer, code, days) => {
    expect(await refusal('insurance', inputs.insurance(days))).toMatchObject({ fields: [{ pointer, code }] });
  });

  it('leaves no rows behind when the same request was first', async () => {
    const body = inputs.insurance();
    const once = { scope: 'public', key: 'roster', request: body };
    await Promise.all(Array.from({ length: 4 }, () => submitCase(hub, 'insurance', { body, once })));
    const { subject } = await submitCase(hub, 'insurance', { body, once });
    const wanted = body.volunteers.map(({ phone }) => phone);
    const rows = (await contentsOf(hub.table)).filter(({ pk }) => String(pk).startsWith('ROSTER#'));
    const kept = rows.filter((row) => wanted.some((phone) => JSON.stringify(row).includes(phone)));
    // both are in one item
    expect(kept).toHaveLength(1);
    if (subject.kind !== 'insurance') throw new Error('no insurance request');
    expect(await rosterOf(hub, subject)).toEqual(body.volunteers);
  });

  it('of a request that failed half way stays for a day at most', async () => {
    const staged = async () =>
      new Map(
        (await contentsOf(hub.table)).flatMap((item) => (item.entity === 'roster-rows' ? [[item.pk, item]] : [])),
      );
    const before = await staged();
    const table = interceptTable(hub.table, (command) => {
      if (command === 'TransactWriteItemsCommand') throw new Error('the function was killed');
    });
    await expect(submitCase({ ...hub, table }, 'insurance', { body: inputs.insurance() })).rejects.toThrow('killed');
    const left = [...(await staged()).values()].filter(({ pk }) => !before.has(pk));
    expect(left).toHaveLength(1);
    for (const { expires } of left) {
      expect(Number(expires) * 1000).toBeGreaterThan(Date.now());
      expect(Number(expires) * 1000).toBeLessThanOrEqual(Date.now() + 86_400_000);
    }
  });

  it('goes to the insurer, and to nobody else, once it is approved', async () => {
    const subject = await aCaseIn(hub, 'insurance', 'binding');
    if (subject.kind !== 'insurance') throw new Error('no insurance request');
    const rows = await batchFile(hub, { type: 'member', member: person('insurer') }, 'zh', 'api', '出具保单');
    const [volunteer] = await rosterOf(hub, subject);
    expect(rows.filter(([id]) => id === subject.id)).toHaveLength(2);
    expect(rows.find(([id]) => id === subject.id)).toContain(volunteer?.identityNumber);
    await expect(
      batchFile(hub, { type: 'member', member: person('hub-lead') }, 'zh', 'api', '出具保单'),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a private link', () => {
  it('opens its case and no other, and nothing tells a wrong number from a wrong secret', async () => {
    const [one, another] = [await submitted(hub, 'need'), await submitted(hub, 'need')];
    const secret = await secretOf(hub, one);
    const from = { door: 'site', address: '192.0.2.1' } as const;
    expect((await openLink(hub, secret, from)).subject.id).toBe(one.id);
    const wrong = [secret.replace(one.id, another.id), `${secret}x`, one.id, '', secret.replace(one.id, 'N000000000')];
    for (const each of wrong)
      await expect(openLink(hub, each, from)).rejects.toMatchObject({ code: 'not-found', params: {} });
    const revoked = await secretOf(hub, { ...one, linkVersion: 2 });
    await expect(openLink(hub, revoked, from)).rejects.toMatchObject({ code: 'not-found' });
  });
});
