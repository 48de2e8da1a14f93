import { describe, expect, it } from 'vitest';
import { compose } from '../../functions/notify/compose.ts';
import type { CaseEvent } from '../../shared/domain/event.ts';
import { kinds } from '../../shared/domain/ids.ts';
import type { InsuranceCase } from '../../shared/kinds/insurance/case.ts';
import { lifecycleOf } from '../../shared/kinds/lifecycle.ts';
import { anInsuranceRequest } from '../factory/cases.ts';
import { readers } from '../factory/readers.ts';
import { wholeCase } from '../golden/whole-cases.ts';

const at = '2020-02-01T08:00:00.000Z';

const insurance = { ...anInsuranceRequest(), kind: 'insurance' as const };
const told = (on: 'approved' | 'bound', subject: InsuranceCase) => {
  const event: CaseEvent = {
    type: 'stage-changed',
    caseId: subject.id,
    kind: 'insurance',
    version: 9,
    at,
    by: { type: 'workflow' },
    hub: subject.hub,
    stage: subject.stage,
    from: 'approving',
    on,
  };
  return readers.map((reader) => ({ reader, text: compose(event, subject, undefined, reader, 'https://x/').text }));
};

describe('a mail about insurance', () => {
  it('says to everybody that the first day has come, while nobody is covered', () => {
    // the request is of 2020
    for (const { text } of told('approved', { ...insurance, stage: 'binding' })) expect(text).toContain('2020-02-03');
    for (const { text } of told('approved', { ...insurance, stage: 'binding', coverFrom: '2999-01-01' }))
      expect(text).not.toContain('2999-01-01');
  });

  it('says to the applicant on which days nobody is covered, since the insurer took others', () => {
    const policy = { number: 'P-1', insurer: insurance.insurer, recordedAt: at };
    const bound = { ...insurance, stage: 'active' as const, policy, coverFrom: '2020-02-06' };
    const later = { ...bound, askedFor: { from: '2020-02-03', to: '2020-03-03' } };
    const mails = told('bound', later).filter(({ reader }) => reader.as === 'applicant');
    expect(mails.length).toBeGreaterThan(0);
    for (const { text } of mails) expect(text).toMatch(/2020-02-03.{1,6}2020-02-05/);
    for (const { text } of told('bound', bound)) expect(text).not.toContain('2020-02-05');
  });
});

describe('a mail about a change of stage', () => {
  it('is complete for every change there is, also when it comes so late that the case no longer has what it tells of', () => {
    for (const kind of kinds) {
      for (const { from, to, on } of lifecycleOf(kind)) {
        const subject = wholeCase(kind, 'submitted');
        const { id: caseId, hub } = subject;
        const event: CaseEvent = {
          type: 'stage-changed',
          caseId,
          kind,
          version: 9,
          at,
          by: { type: 'workflow' },
          hub,
          stage: to,
          from,
          on,
        };
        for (const reader of readers) {
          const mail = compose(event, subject, undefined, reader, 'https://x/');
          const all = `${mail.subject}\n${mail.text}\n${mail.html}`;
          expect(all).not.toMatch(/\{\w+\}|undefined/);
          expect(mail.subject).toContain(caseId);
          expect(all).toContain('https://x/');
        }
      }
    }
  });
});
