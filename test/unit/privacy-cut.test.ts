import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { logLine } from '../../functions/log/log-line.ts';
import { compose } from '../../functions/notify/compose.ts';
import { subjectLine } from '../../functions/notify/subject-line.ts';
import { caseSeen, type Sight, volunteersSeen } from '../../shared/case/sight.ts';
import { CaseId } from '../../shared/domain/ids.ts';
import { classed, masked } from '../../shared/domain/privacy/classes.ts';
import { cut, readerOf, waysOut } from '../../shared/domain/privacy/cut.ts';
import { Case } from '../../shared/kinds/case.ts';
import { Volunteer } from '../../shared/kinds/insurance/input.ts';
import { aNeed } from '../factory/cases.ts';

const whole: Sight = {
  party: undefined,
  contact: 'full',
  delivery: 'full',
  roster: true,
  application: true,
  words: true,
  screening: true,
  assessment: true,
  deliberation: true,
  people: true,
  funds: true,
  others: true,
  machinery: true,
};
const nothing: Sight = {
  ...whole,
  contact: 'none',
  delivery: 'none',
  roster: false,
  application: false,
  words: false,
  people: false,
};
const everyGroup = readerOf({
  contact: 'full',
  delivery: 'full',
  volunteers: 'full',
  numbers: 'full',
  application: 'full',
  people: 'full',
  words: 'full',
});

/** A schema to which somebody adds fields one day, thinking of nothing. */
const grown = z.object({
  kind: z.enum(['a', 'b']),
  ...classed('public', { id: z.string(), at: z.string() }),
  ...classed('party', { place: z.string(), lines: z.array(z.object(classed('party', { item: z.string() }))) }),
  ...classed('secret', { token: z.string() }),
  forgotten: z.string(),
  ...classed('personal', { nickname: z.string().optional() }),
  inner: z
    .object({ ...classed('personal', { mother: z.string() }), ...classed('public', { seen: z.boolean() }) })
    .optional(),
});
const value: z.infer<typeof grown> = {
  kind: 'a',
  id: 'N1',
  at: 'today',
  place: 'here',
  lines: [{ item: 'masks' }],
  token: 'mark-token',
  forgotten: 'mark-forgotten',
  nickname: 'mark-nickname',
  inner: { mother: 'mark-mother', seen: true },
};

describe('a field that somebody adds and gives no thought', () => {
  it('goes out on no way at all: log, mail subject, mail body, export or page of whoever it may be', () => {
    for (const way of [waysOut.log, waysOut.mailSubject, waysOut.mailBody, everyGroup])
      expect(JSON.stringify(cut(grown, value, way))).not.toContain('mark-');
    expect(cut(grown, value, waysOut.log)).toEqual({ kind: 'a', id: 'N1', at: 'today', inner: { seen: true } });
    expect(cut(grown, value, everyGroup)).toMatchObject({ place: 'here', lines: [{ item: 'masks' }] });
  });

  it('fills no place in the subject of a mail, even where the text names it', () => {
    expect(subjectLine('{kind} {id} {nickname}{forgotten}{place}', grown, value)).toBe(
      'a N1 {nickname}{forgotten}{place}',
    );
  });

  it('is seen by those who see its group once it has one, and masked for those who see it so', () => {
    const named = z.object(classed('personal', { name: masked(() => 'm**', z.string().optional()) }, 'contact'));
    const way = (contact: 'none' | 'masked' | 'full') =>
      cut(
        named,
        { name: 'mark' },
        readerOf({
          contact,
          delivery: 'none',
          volunteers: 'none',
          numbers: 'none',
          application: 'none',
          people: 'none',
          words: 'none',
        }),
      );
    expect([way('none'), way('masked'), way('full')]).toEqual([undefined, { name: 'm**' }, { name: 'mark' }]);
  });
});

describe('a line of the log', () => {
  afterEach(() => vi.restoreAllMocks());

  it('says nothing but what its schema names', () => {
    const log = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const details = { caseId: CaseId.parse('N000000000'), stage: 'verifying', contact: 'mark-name' };
    logLine('nudged', details);
    expect(log.mock.calls).toEqual([['{"code":"nudged","caseId":"N000000000","stage":"verifying"}']]);
  });

  it('is a warning or an error where an operator should look: a mail given up, a record not carried on', () => {
    const lines = Object.fromEntries(
      (['log', 'warn', 'error'] as const).map((level) => {
        const seen: string[] = [];
        vi.spyOn(console, level).mockImplementation((line: string) => void seen.push(JSON.parse(line).code));
        return [level, seen];
      }),
    );
    for (const code of ['mail-sent', 'nobody-may-answer', 'mail-refused', 'event-failed', 'unexpected'] as const)
      logLine(code, {});
    expect(lines).toEqual({
      log: ['mail-sent'],
      warn: ['nobody-may-answer'],
      error: ['mail-refused', 'event-failed', 'unexpected'],
    });
  });
});

describe('a case', () => {
  const delivery = { address: '长江路十二号', recipient: '李护士', phone: '027-00001111' };
  const subject = { ...aNeed(), delivery };

  it('is the same for who sees all of it, but for what only the store needs', () => {
    expect(caseSeen(subject, whole)).toEqual(subject);
  });

  it('has nothing personal for who sees none of it, and stays a case', () => {
    const seen = caseSeen(subject, nothing);
    const words = [subject.contact?.name, subject.contact?.phone, subject.delivery?.address].filter(Boolean);
    expect(words).toHaveLength(3);
    for (const word of words) expect(JSON.stringify(seen)).not.toContain(word);
    expect(seen).toMatchObject({ id: subject.id, lines: subject.lines, place: subject.place });
  });

  it('shows a masked reader that there are people, and not who', () => {
    const seen = caseSeen(subject, { ...whole, contact: 'masked', delivery: 'masked' });
    expect(seen.contact?.phone).toMatch(/\*{4}/);
    expect(JSON.stringify(seen)).not.toContain(subject.contact?.phone);
    expect(seen).toMatchObject({ delivery: { address: '***' } });
  });

  it('says no name, telephone or address in any mail about it', () => {
    const event = {
      type: 'submitted',
      caseId: subject.id,
      kind: 'need',
      version: 1,
      at: subject.submittedAt,
      by: { type: 'applicant' },
      hub: subject.hub,
      stage: 'submitted',
      run: 1,
    } as const;
    const to = { who: 'applicant', email: 'x@example.org', language: 'en', as: 'applicant' } as const;
    const mail = JSON.stringify(compose(event, Case.parse(subject), undefined, to, 'https://x/'));
    for (const word of [subject.contact?.name, subject.contact?.phone, subject.delivery?.address])
      expect(mail).not.toContain(word);
  });
});

describe('identity numbers', () => {
  it('are masked by their schema for everybody who sees a roster', () => {
    const volunteer = Volunteer.parse({ name: '王小明', identityNumber: '110101199003071234', phone: '13800001111' });
    expect(volunteersSeen([volunteer], whole)).toEqual([
      { name: '王小明', identityNumber: '110***********1234', phone: '138****11' },
    ]);
    expect(volunteersSeen([volunteer], nothing)).toEqual([]);
  });
});
