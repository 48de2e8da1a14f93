import { describe, expect, it } from 'vitest';
import { CaseId, OfferId, PartyId } from '../../shared/domain/ids.ts';
import { itemGroup } from '../../shared/domain/item-group.ts';
import type { Offer } from '../../shared/domain/party.ts';
import { screenGrant } from '../../shared/kinds/grant/screen.ts';
import { suggestOffers } from '../../shared/kinds/need/matching.ts';
import { screenNeed } from '../../shared/kinds/need/screen.ts';
import { aGrant, aLine, aNeed, aProgramme } from '../factory/cases.ts';

function need(lines = [aLine()], id = 'N000000001') {
  const subject = aNeed('verifying', lines);
  if (subject.kind !== 'need') throw new Error('no need');
  return { ...subject, id: CaseId.parse(id) };
}

function grant() {
  const subject = aGrant('screening');
  return subject;
}

describe('screening a need', () => {
  it('notices another open need of the organization with the same item, whatever the spelling', () => {
    const other = need([aLine({ item: '医用 口罩' })], 'N000000002');
    expect(screenNeed(need(), [other])).toMatchObject([{ code: 'likely-double', cases: [other.id] }]);
  });

  it('notices one with another item of the group, where they do for one another', () => {
    const asked = need([aLine({ item: 'N95口罩' })]);
    const other = need([aLine({ item: '医用防护口罩' })], 'N000000002');
    expect(screenNeed(asked, [other])).toMatchObject([{ code: 'likely-double', cases: [other.id] }]);
    const machines = [aLine({ item: '呼吸机' })];
    expect(screenNeed(need(machines), [need([aLine({ item: '监护仪' })], 'N000000003')])).toEqual([]);
  });

  it('says nothing of closed needs, other items and the need that this one continues', () => {
    const closed = {
      ...need([aLine()], 'N000000002'),
      stage: 'rejected' as const,
      closedAt: '2020-02-02T08:00:00.000Z',
    };
    const otherItem = need([aLine({ item: '呼吸机' })], 'N000000003');
    const parent = need([aLine()], 'N000000004');
    expect(screenNeed({ ...need(), parent: parent.id }, [closed, otherItem, parent])).toEqual([]);
  });
});

describe('screening a grant', () => {
  it.each([
    ['outside-area', { areas: ['海城市'] }],
    ['not-eligible-type', { organizationTypes: ['community' as const] }],
    ['above-ceiling', { ceiling: 100 }],
    ['closed', { closesOn: '2020-01-31' }],
    ['unanswered', { questions: [{ id: 'who', text: '谁？', required: true }] }],
    ['budget-short', { available: 100 }],
  ])('tells that the rule %s failed, and only that', (code, rule) => {
    expect(screenGrant(grant(), aProgramme(rule), []).map((finding) => finding.code)).toEqual([code]);
  });

  it('passes an application that meets every rule', () => {
    expect(screenGrant(grant(), aProgramme({ areas: ['江城省'], organizationTypes: ['hospital'] }), [])).toEqual([]);
  });

  it('lets an application ask for exactly the ceiling, and for all that is left', () => {
    const { requested } = aGrant();
    expect(screenGrant(grant(), aProgramme({ ceiling: requested, available: requested }), [])).toEqual([]);
  });

  it('knows a place with and without its rank, and does not take one for another', () => {
    const codes = (areas: string[]) => screenGrant(grant(), aProgramme({ areas }), []).map((finding) => finding.code);
    expect(codes(['江城'])).toEqual([]);
    expect(codes(['青山'])).toEqual([]);
    expect(codes(['江'])).toEqual(['outside-area']);
  });

  it('tells what else the organization has applied for', () => {
    const same = { ...grant(), id: CaseId.parse('G000000002') };
    expect(screenGrant(grant(), aProgramme(), [same]).map((finding) => finding.code)).toEqual(['already-applied']);
  });
});

describe('offers for a need', () => {
  const offer = (change: Partial<Offer>): Offer => ({
    id: OfferId.parse('offer'),
    party: PartyId.parse('river-foundation'),
    partyName: '长河',
    title: '口罩',
    itemGroup: 'masks',
    areas: [],
    amount: 1000,
    available: 1000,
    madeAt: '2020-02-01T08:00:00.000Z',
    ...change,
  });

  it('fit by item group, area, amount left and day', () => {
    const fits = (change: Partial<Offer>) => suggestOffers(need(), [offer(change)], '2020-02-02').length === 1;
    expect(fits({})).toBe(true);
    expect(fits({ itemGroup: 'gloves' })).toBe(false);
    expect(fits({ areas: ['海城市'] })).toBe(false);
    expect(fits({ areas: ['江城市'] })).toBe(true);
    expect(fits({ areas: ['江城'] })).toBe(true);
    expect(fits({ available: 0 })).toBe(false);
    expect(fits({ expiresOn: '2020-02-01' })).toBe(false);
  });

  it('name the area first', () => {
    const near = offer({ id: OfferId.parse('near'), areas: ['江城市'], available: 1 });
    expect(suggestOffers(need(), [offer({}), near], '2020-02-02').map((one) => one.offer.id)).toEqual([
      'near',
      'offer',
    ]);
  });

  it.each([
    ['医用防护口罩 | N95口罩', 'respirators'],
    ['一次性医用外科口罩', 'masks'],
    ['防冲击眼罩/护目镜/防护眼镜', 'eye-face-protection'],
    ['防护帽/医用帽/圆帽', 'caps-shoe-covers'],
    ['医用防护服', 'protective-clothing'],
    ['75%酒精', 'disinfectants'],
    ['Isolation gowns', 'protective-clothing'],
    ['心电监护仪', 'equipment'],
  ])('know %s as %s', (item, group) => {
    expect(itemGroup(item)).toBe(group);
  });
});
