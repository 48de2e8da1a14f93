import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeUpIdentityNumber } from '../../cdk/cli/demo/identity-number.ts';
import { referralText } from '../../functions/console/texts/referrals.ts';
import { consentVersions, presentConsent } from '../../shared/domain/consent.ts';
import { kinds } from '../../shared/domain/ids.ts';
import { roles } from '../../shared/domain/party.ts';
import { type Action, allowedIn, permissions } from '../../shared/domain/permissions.ts';
import { addDays, localDate } from '../../shared/domain/time.ts';
import { consentText, consentTexts, personalGroups } from '../../shared/i18n/consent.ts';
import { rosterTemplate } from '../../shared/kinds/insurance/roster/read-roster-sheet.ts';
import { keptDays } from '../../shared/kinds/retention.ts';
import { kindWords } from '../../shared/kinds/words.ts';
import { caseOfSecret } from '../../shared/secrets/private-link.ts';
import { readCase } from '../../shared/store/cases.ts';
import { fieldsOf, need, problemsIn, type SiteStand, secretIn, startSite, who } from './site-stand.ts';

let site: SiteStand;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.stop());

const isAction = (name: string): name is Action => Object.hasOwn(permissions, name);
const without = ({ consent: _, ...rest }: Readonly<Record<string, string>>) => rest;

describe('What people are told about their data', () => {
  it('is, word by word, the version that a consent names: another wording needs another version', () => {
    const { zh, en } = referralText;
    const shown = createHash('sha256')
      .update(JSON.stringify([consentText, zh.telling, en.telling]))
      .digest('hex');
    expect(shown).toBe(consentTexts[presentConsent]);
    expect(Object.keys(consentTexts)).toEqual([...consentVersions]);
  });

  it('calls a volunteer’s number what form and sheet call it', () => {
    const { parts } = kindWords.zh.insurance.fields.volunteers;
    const told = consentText.zh.uses.volunteers.what;
    for (const { label } of [parts.name, parts.identityNumber, parts.phone]) expect(told).toContain(label);
    expect(rosterTemplate.zh).toContain(parts.identityNumber.label);
  });

  it('says in both languages for each group of fields what it is for and who sees it, and for each kind how long', () => {
    for (const text of Object.values(consentText)) {
      for (const group of personalGroups) {
        expect(text.uses[group].why).not.toBe('');
        expect(text.uses[group].who).not.toBe('');
      }
      expect(text.keepText).toContain('{days}');
    }
    for (const kind of kinds) expect(keptDays[kind]).toBeGreaterThan(0);
  });

  it.each(['zh', 'en'])(
    'says on the page about personal data for how long each kind keeps it (%s)',
    async (language) => {
      const { html } = await site.get(`/privacy?lang=${language}`);
      expect(html).toContain(`lang="${language === 'zh' ? 'zh-CN' : 'en'}"`);
      for (const kind of kinds) expect(html).toContain(` ${keptDays[kind]} ${language === 'zh' ? '天' : 'days'}`);
      expect(html).not.toMatch(/\{\w+\}/);
    },
  );
});

it('who sees what, as people are told it, is what the table of permissions says: a change of one is a change of the other', () => {
  const whoMay = (action: Action) => roles.filter((role) => allowedIn(action, role).length > 0).sort();
  const own = ['applicant', 'manager'];
  const hub = ['coordinator', 'lead'];
  const deciders = ['approver', 'programme-manager', 'reviewer'];
  const told: Partial<Record<Action, readonly string[]>> = {
    'see-contact': [...own, ...hub],
    'see-contact-masked': ['auditor'],
    'see-delivery': [...own, ...hub, ...deciders],
    'see-delivery-masked': ['auditor'],
    'see-application': [...own, ...hub, ...deciders, 'auditor'],
    'see-volunteers': [...own, ...hub, 'insurer', 'auditor'],
    'see-volunteers-in-full': ['insurer'],
    'show-identity-number': [...hub, 'insurer'],
  };
  for (const [action, seers] of Object.entries(told))
    expect([action, isAction(action) && whoMay(action)]).toEqual([action, [...seers].sort()]);
});

describe('A form', () => {
  it('tells beside the fields what they are for, and holds up no page before the last for want of consent', async () => {
    const first = await site.get('/needs/new');
    expect(first.html).toContain(consentText.zh.ask);
    expect(first.html).toContain(consentText.zh.uses.contact.who);
    const check = await site.post('/needs/new', { ...without(need), step: 'delivery', action: 'continue' });
    expect(check.status).toBe(200);
    expect(check.html).toContain(consentText.zh.agree);
    expect(fieldsOf(check.html)).not.toHaveProperty('consent');
  });

  it('is not sent without consent, says so in the reader’s language, and keeps what was typed', async () => {
    const before = await site.count();
    const refused = await site.post('/needs/new?lang=en', {
      ...without(need),
      lang: 'en',
      step: 'check',
      action: 'send',
    });
    expect(refused.status).toBe(422);
    expect(problemsIn(refused.html)).toEqual([consentText.en.missing]);
    expect(fieldsOf(refused.html)).toMatchObject({ organization: need.organization });
    expect(await site.count()).toBe(before);
  });

  it('does not take consent to a text that is not the present one', async () => {
    const refused = await site.post('/needs/new', { ...need, consent: '2019-01-01', step: 'check', action: 'send' });
    expect(refused.status).toBe(422);
    expect(problemsIn(refused.html)).toEqual([consentText.zh.missing]);
  });

  it('of each kind keeps with the case which text was agreed to, when and how', async () => {
    const today = localDate(Date.now());
    const grant = { 'budget.0.description': '油费', 'budget.0.amount': '300', 'answers.people': '30' };
    const cover = { activity: '驾车运送', coverFrom: addDays(today, 1), coverTo: addDays(today, 9) };
    const volunteer = {
      'volunteers.0.name': '李建国',
      'volunteers.0.phone': '13800001001',
      'volunteers.0.identityNumber': madeUpIdentityNumber('19900102', 301),
    };
    const forms = {
      '/needs/new': need,
      [`/grants/new?programme=${await site.programme()}`]: { ...who, purpose: '送药', ...grant },
      '/insurance/new': { ...who, ...cover, ...volunteer },
    };
    for (const [path, fields] of Object.entries(forms)) {
      const sent = await site.post(path, { ...fields, action: 'send' });
      const id = caseOfSecret(secretIn(sent.location));
      const subject = id && (await readCase(site.hub.table, id));
      const consent = { version: presentConsent, at: subject?.submittedAt, how: 'form' };
      expect([path, subject?.consent]).toEqual([path, consent]);
    }
  });
});
