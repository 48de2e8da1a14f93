import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Rejected } from '../../shared/domain/errors.ts';
import { parseInput } from '../../shared/domain/problems.ts';
import { fieldText } from '../../shared/i18n/errors.ts';
import { decisionInputs } from '../../shared/kinds/decision.ts';
import { GrantInput } from '../../shared/kinds/grant/input.ts';
import { InsuranceInput } from '../../shared/kinds/insurance/input.ts';
import { NeedInput } from '../../shared/kinds/need/input.ts';
import { inputs } from '../factory/hub.ts';

function problemsOf(schema: z.ZodType, value: unknown) {
  try {
    parseInput(schema, value);
  } catch (error) {
    if (error instanceof Rejected) return error.fields;
    throw error;
  }
  return [];
}

describe('a wrong field', () => {
  it.each([
    ['missing', { organization: undefined }, '/organization', 'required'],
    ['empty', { organization: ' \u200b ' }, '/organization', 'required'],
    ['too long', { organization: '某'.repeat(121) }, '/organization', 'too-long'],
    ['of another type', { organization: 3 }, '/organization', 'wrong-type'],
    ['not chosen', { urgency: '' }, '/urgency', 'not-chosen'],
    ['not among the choices', { urgency: 'very' }, '/urgency', 'not-a-choice'],
    ['no e-mail address', { contact: { name: 'x', phone: '027-12345678', email: 'x' } }, '/contact/email', 'not-email'],
    ['no telephone number', { contact: { name: 'x', phone: 'wx_name' } }, '/contact/phone', 'not-a-phone'],
    ['cut off', { contact: { name: 'x', phone: '12' } }, '/contact/phone', 'phone-too-short'],
    ['two numbers in one', { contact: { name: 'x', phone: '1'.repeat(31) } }, '/contact/phone', 'phone-too-long'],
    [
      'three numbers',
      { contact: { name: 'x', phone: '13900000001/13900000002/13900000003' } },
      '/contact/phone',
      'too-many-phones',
    ],
    [
      'no telephone number where one may be left out',
      { delivery: { address: 'x', phone: 'x' } },
      '/delivery/phone',
      'not-a-phone',
    ],
    ['no day', { neededBy: '2020-02-30' }, '/neededBy', 'not-date'],
    ['too small', { lines: [{ item: 'x', quantity: 0 }] }, '/lines/0/quantity', 'too-small'],
    ['too big', { lines: [{ item: 'x', quantity: 1e9 }] }, '/lines/0/quantity', 'too-big'],
    ['an empty list', { lines: [] }, '/lines', 'required'],
    ['half a character', { note: '\udc00' }, '/note', 'malformed-text'],
    ['not known', { lines: [{ item: 'x', quantity: 1, colour: 'red' }] }, '/lines/0', 'unknown-field'],
  ])('that is %s is named by where it is and what is wrong, in both languages', (_what, changes, pointer, code) => {
    const problems = problemsOf(NeedInput, inputs.need(changes));
    expect(problems).toMatchObject([{ pointer, code }]);
    for (const problem of problems) {
      for (const language of ['zh', 'en'] as const) {
        const text = fieldText(language, problem);
        expect(text).not.toBe(code);
        expect(text).not.toMatch(/\{\w+\}/);
      }
    }
  });

  it('is pointed at also where its name has a slash or a tilde in it', () => {
    expect(problemsOf(z.record(z.string(), z.number()), { 'a/b~c': 'x' })).toMatchObject([{ pointer: '/a~1b~0c' }]);
  });

  it('is told of with every other one at once', () => {
    const codes = problemsOf(NeedInput, {}).map(({ pointer }) => pointer);
    expect(codes).toEqual(expect.arrayContaining(['/organization', '/place', '/lines', '/contact', '/delivery']));
  });

  it('is told of whatever is sent: nothing makes the check itself fail', () => {
    const schemas = [NeedInput, GrantInput, InsuranceInput, ...Object.values(decisionInputs)];
    fc.assert(
      fc.property(fc.constantFrom(...schemas), fc.anything(), (schema, value) => {
        for (const { pointer, code } of problemsOf(schema, value)) {
          expect(pointer).toMatch(/^(\/([^~/]|~[01])*)*$/);
          expect(code).toMatch(/^[a-z-]+$/);
        }
      }),
    );
  });
});
