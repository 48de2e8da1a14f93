import { Hono } from 'hono';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { errorPages } from '../../functions/web/error-page.tsx';
import { formView } from '../../functions/web/form-view.ts';
import { legsOf } from '../../functions/web/stage-picture.tsx';
import { presentConsent } from '../../shared/domain/consent.ts';
import { Rejected, Throttled } from '../../shared/domain/errors.ts';
import type { CaseEvent } from '../../shared/domain/event.ts';
import { newCaseId, PartyId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import { submitted } from '../../shared/kinds/intake.ts';
import { newNeed } from '../../shared/kinds/need/case.ts';
import { NeedInput } from '../../shared/kinds/need/input.ts';

afterEach(() => vi.restoreAllMocks());

async function pageOf(error: unknown, language = 'zh', method = 'GET') {
  const app = new Hono();
  app.all('/', () => {
    throw error;
  });
  app.onError(errorPages());
  const response = await app.request(`/?lang=${language}`, { method });
  return { status: response.status, html: await response.text() };
}

describe('an error page', () => {
  test('tells the second person who decided what and when, in their language', async () => {
    const error = new Rejected('already-decided', {
      params: { by: '李雷', outcome: 'approved', at: '2020-02-03T02:00:00.000Z' },
    });
    const zh = await pageOf(error);
    expect(zh.status).toBe(409);
    expect(zh.html).toContain('已由 李雷 于 2020-02-03 10:00 处理：批准');
    expect((await pageOf(error, 'en')).html).toContain('李雷 decided this at 2020-02-03 10:00: Approve');
  });

  test('of something unexpected shows a number, and neither message nor stack', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { status, html } = await pageOf(new Error('李雷 13800001111'));
    expect(status).toBe(500);
    const lines = log.mock.calls.map(([line]) => String(line));
    expect(lines).toHaveLength(1);
    const { code, reference } = JSON.parse(lines[0] ?? '');
    expect(code).toBe('unexpected');
    expect(html).toContain(reference);
    expect(`${html}${lines[0]}`).not.toContain('13800001111');
    expect(html).not.toContain('.test.tsx');
  });

  test.each([
    ['unexpected', new Error('broken')],
    ['busy', new Throttled('slow')],
  ])('after a form was sent says how to come back to what was typed: %s', async (_what, error) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect((await pageOf(error, 'zh', 'POST')).html).toContain('请用浏览器的“后退”');
    expect((await pageOf(error, 'zh', 'GET')).html).not.toContain('请用浏览器的“后退”');
  });

  test('of a busy service asks to try again', async () => {
    expect((await pageOf(new Throttled('slow'), 'en')).status).toBe(503);
  });
});

describe('a form', () => {
  test('finds the label and the text for a problem in any row', () => {
    const form = formView({
      language: 'en',
      labels: { 'lines.*.item': 'Item {row}' },
      problems: [
        { pointer: '/lines/2/item', code: 'too-long', params: { maximum: 120 } },
        { pointer: '/lines/2/item', code: 'required' },
      ],
    });
    expect(form.errors).toEqual([{ name: 'lines.2.item', label: 'Item 3', text: 'Too long: at most 120' }]);
  });

  test('asks for a telephone number and an address in words that say so', () => {
    const problems = ['/contact/phone', '/contact/email'].map((pointer) => ({ pointer, code: 'not-a-choice' }));
    const form = formView({ language: 'en', labels: {}, problems });
    expect(form.error('contact.phone')).toContain('telephone');
    expect(form.error('contact.email')).toContain('e-mail');
  });
});

describe('the picture of the stages', () => {
  const input = NeedInput.parse({
    organization: 'A',
    place: { province: 'B', city: 'C', district: 'D' },
    contact: { name: 'E', phone: '0713-3331234' },
    consent: presentConsent,
    delivery: { address: 'F' },
    lines: [{ item: 'mask', quantity: null }],
  });
  const now = instant(0);
  const first = newNeed(input, { id: newCaseId('need'), hub: PartyId.parse('hub'), now });
  const begun = submitted(first, { type: 'applicant' });
  const moved = (from: string, stage: string): CaseEvent => ({
    type: 'stage-changed',
    caseId: first.id,
    kind: 'need',
    version: 2,
    at: now,
    by: { type: 'workflow' },
    hub: first.hub,
    from,
    stage,
    on: 'x',
  });

  test('has one leg that is now, with those run before it and those to come after', () => {
    const legs = legsOf({ ...first, stage: 'verifying' }, [
      begun,
      moved('submitted', 'screening'),
      moved('screening', 'verifying'),
    ]);
    expect(legs.slice(0, 3).map((leg) => leg.state)).toEqual(['done', 'done', 'now']);
    expect(legs.slice(3).every((leg) => leg.state === 'ahead')).toBe(true);
    expect(legs.map((leg) => leg.stage)).not.toContain('confirming');
  });

  test('waits for changes at the stage that asked for them', () => {
    const legs = legsOf({ ...first, stage: 'changes-requested', returnTo: 'verifying' }, [begun]);
    expect(legs.find((leg) => leg.state === 'now')).toEqual({ stage: 'verifying', state: 'now', detour: true });
  });

  test('ends where the case ended', () => {
    const legs = legsOf({ ...first, stage: 'withdrawn', closedAt: now }, [begun, moved('submitted', 'withdrawn')]);
    expect(legs).toEqual([
      { stage: 'submitted', state: 'done' },
      { stage: 'withdrawn', state: 'ended' },
    ]);
  });

  test('of a need that continues another begins where it began', () => {
    const legs = legsOf({ ...first, stage: 'matching' }, [{ ...begun, stage: 'matching' }]);
    expect(legs[0]).toEqual({ stage: 'matching', state: 'now' });
  });
});
