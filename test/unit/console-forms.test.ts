import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialValues } from '../../functions/console/decide/initial-values.ts';
import { readDecision } from '../../functions/console/decide/read-decision.ts';
import { returnPath } from '../../functions/console/sign-in/return-path.ts';
import { keyFrom, seal, unseal } from '../../functions/console/sign-in/seal.ts';
import { fieldName, formProblems, readerOf } from '../../functions/forms/desk-values.ts';
import { rowsFromText, rowsToText, volunteersFromText } from '../../functions/kinds/insurance/roster-text.ts';
import { caseNumber } from '../../functions/web/case-number.ts';
import { formView } from '../../functions/web/form-view.ts';
import { newCaseId } from '../../shared/domain/ids.ts';
import { maskPhone } from '../../shared/domain/mask.ts';
import { parseInput } from '../../shared/domain/problems.ts';
import { decisionInputs } from '../../shared/kinds/decision.ts';
import { maskIdentityNumber } from '../../shared/kinds/insurance/roster/identity-number.ts';
import { aGrant, aLine, aNeed, aNeedInApproval, anInsuranceRequest } from '../factory/cases.ts';

const typed = (fields: Readonly<Record<string, string>>) => (name: string) => fields[name] ?? '';

describe('a case number', () => {
  it('is found however it is read out or typed', () => {
    fc.assert(
      fc.property(fc.constantFrom('need', 'grant', 'insurance'), (kind) => {
        const id = newCaseId(kind);
        const spoken = `${id.slice(0, 4)} ${id.slice(4, 7)}-${id.slice(7)}`.toLowerCase();
        expect(caseNumber(spoken)).toBe(id);
        expect(caseNumber(id.charAt(0) + id.slice(1).replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(id);
      }),
    );
  });

  it('is not found in other words', () => {
    for (const text of ['', '江城第七医院', 'N', 'X123456789', 'N12345678901234'])
      expect(caseNumber(text)).toBeUndefined();
  });
});

describe('the page to come back to', () => {
  it('is always one of the console, on this host', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((rest) => `/console${rest}`),
        ),
        (wanted) => {
          const url = new URL(returnPath(wanted), 'https://hub.example');
          expect(url.origin).toBe('https://hub.example');
          expect(url.pathname).toMatch(/^\/console(\/|$)/);
        },
      ),
    );
  });
});

describe('what is sealed', () => {
  it('opens with its key only, and not when a character of it changed', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (text, at) => {
        const key = keyFrom('a secret', 'one');
        const sealed = seal(key, text);
        expect(unseal(key, sealed)).toBe(text);
        expect(unseal(keyFrom('a secret', 'other'), sealed)).toBeUndefined();
        const bytes = Buffer.from(sealed, 'base64url');
        const place = at % bytes.length;
        bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
        expect(unseal(key, bytes.toString('base64url'))).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  it('is nothing when it was never sealed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(unseal(keyFrom('a', 'b'), text)).toBeUndefined();
      }),
    );
  });
});

describe('numbers as people type them', () => {
  it('are read with separators and in full width, and everything else is told to the field', () => {
    const reader = readerOf(
      typed({ a: '1,200', b: '１２００', c: 'many', d: '-3', e: '1.5万', f: '3,000.50', g: '3.333' }),
    );
    expect([reader.whole('a'), reader.whole('b'), reader.whole('nothing')]).toEqual([1200, 1200, undefined]);
    expect([reader.fen('e'), reader.fen('f')]).toEqual([1_500_000, 300_050]);
    expect([reader.whole('c'), reader.whole('d'), reader.fen('g')]).toEqual([undefined, undefined, undefined]);
    expect(reader.problems.map(({ name, code }) => `${name} ${code}`)).toEqual([
      'c not-a-number',
      'd not-a-number',
      'g not-an-amount',
    ]);
  });
});

describe('the form of an answer', () => {
  const need = aNeed('verifying', [
    aLine({ id: 'L1', quantity: 100 }),
    aLine({ id: 'L2', item: '手套', quantity: null }),
  ]);

  it('sends what the case already says, untouched, for each outcome that needs nothing typed', () => {
    const subjects = [need, aGrant(), anInsuranceRequest()];
    for (const subject of subjects) {
      const quiet = {
        need: ['verified', 'approved', 'confirmed', 'resubmitted'],
        grant: ['approved', 'resubmitted'],
        insurance: ['approved', 'resubmitted'],
      }[subject.kind];
      for (const outcome of quiet) {
        const initial = initialValues(subject, undefined, outcome);
        const read = readDecision(subject, outcome, (name) => initial[name] ?? '');
        expect(read.problems).toEqual([]);
        expect(() => parseInput(decisionInputs[subject.kind], read.body)).not.toThrow();
      }
    }
  });

  it('changes nothing of a case that is sent again untouched but what its form always says', () => {
    const initial = initialValues(need, undefined, 'resubmitted');
    const { body } = readDecision(need, 'resubmitted', (name) => initial[name] ?? '');
    expect(body).toEqual({
      outcome: 'resubmitted',
      changes: {
        urgency: need.urgency,
        careTier: need.careTier,
        ...(need.neededBy && { neededBy: need.neededBy }),
        ...(need.note && { note: need.note }),
      },
    });
  });

  it('keeps an unknown amount apart from one and from none', () => {
    const { body } = readDecision(need, 'verified', typed({ 'lines.L2.quantity': '' }));
    expect(body).toEqual({ outcome: 'verified' });
    const known = readDecision(need, 'verified', typed({ 'lines.L2.quantity': '80' }));
    expect(known.body).toMatchObject({ lines: [{ line: 'L2', quantity: 80 }] });
  });

  it('reads lots, one a row, with their quantities', () => {
    const dispatched = { carrier: '顺丰', expectedOn: '2020-02-10' };
    const subject = aNeedInApproval([aLine({ approved: 500 })]);
    const one = readDecision(subject, 'dispatched', typed({ ...dispatched, 'lots.L1': '2020 02A' }));
    const two = readDecision(subject, 'dispatched', typed({ ...dispatched, 'lots.L1': '20A 300\n20B，200' }));
    expect(one.body.lots).toEqual([{ line: 'L1', lot: '2020 02A', quantity: 500 }]);
    expect(two.body.lots).toEqual([
      { line: 'L1', lot: '20A', quantity: 300 },
      { line: 'L1', lot: '20B', quantity: 200 },
    ]);
  });

  it('tells a problem of a line to that line, wherever it stands in what is sent', () => {
    const body = { lines: [{ line: 'L7', quantity: 0 }] };
    expect(fieldName('/lines/0/quantity', body)).toBe('lines.L7.quantity');
    expect(fieldName('/changes/delivery/address', body)).toBe('delivery.address');
  });

  it('tells a problem of fields that are typed in one input to that input', () => {
    const reader = readerOf(typed({}));
    reader.asOne('choice', 'donor', 'offer');
    reader.asOne('lots.*', 'lots');
    const body = { offer: 'x', lots: [{ line: 'L2', lot: '' }] };
    expect(fieldName('/offer', body, reader.rows)).toBe('choice');
    expect(fieldName('/lots/0/lot', body, reader.rows)).toBe('lots.L2');
    // another kind's field of that name has an input of that name
    expect(fieldName('/offer', body)).toBe('offer');
  });

  it('tells a problem of a row to the row as it was typed, with empty ones between', () => {
    const reader = readerOf(typed({ 'lines.0.item': '口罩', 'lines.5.quantity': '5' }));
    expect(reader.used('lines', ['item', 'quantity'])).toEqual([0, 5]);
    const read = { body: { lines: [{ item: '口罩' }, { quantity: 5 }] }, problems: [], rows: reader.rows };
    expect(formProblems(read, [{ pointer: '/lines/1/item', code: 'required' }])).toEqual([
      { pointer: '/lines/5/item', code: 'required' },
    ]);
  });

  it('tells limits of money in yuan', () => {
    const read = { body: {}, problems: [], rows: new Map() };
    const [problem] = formProblems(
      read,
      [{ pointer: '/amount', code: 'too-big', params: { maximum: 3_000_000 } }],
      'approved.',
    );
    const problems = problem ? [problem] : [];
    const form = formView({ language: 'zh', labels: { 'approved.amount': '金额' }, problems });
    expect(form.error('approved.amount')).toBe('不能大于 30,000.00');
  });
});

describe('typed volunteers', () => {
  const person = { name: '王芳', identityNumber: '11010119900307109X', phone: '13800001111' };

  it('are read apart by spaces, commas or tabs, names with spaces included', () => {
    for (const gap of [' ', '\t', ',', '，', '; '])
      expect(volunteersFromText(Object.values(person).join(gap))).toEqual([person]);
    expect(volunteersFromText(`\n John Paul Smith ${person.identityNumber} ${person.phone}\n\n`)).toEqual([
      { ...person, name: 'John Paul Smith' },
    ]);
  });

  it('come back from the form as they went in, also with parts missing', () => {
    const word = fc.stringMatching(/^[\p{L}\d]{1,12}$/u);
    const row = fc.record({ name: word, identityNumber: word, phone: word }, { requiredKeys: ['name'] });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
        const asText = rows.map((volunteer, index) => ({ volunteer, place: { line: index + 2, sheet: '第二组 (2)' } }));
        expect(rowsFromText(rowsToText(asText))).toEqual(asText);
        expect(volunteersFromText(rowsToText(rows.map((volunteer) => ({ volunteer }))))).toEqual(rows);
      }),
    );
  });

  it('are shown to the hub with numbers that tell people apart and no more', () => {
    expect(maskIdentityNumber(person.identityNumber)).toBe('110***********109X');
    expect(maskPhone(person.phone)).toBe('138****11');
  });
});
