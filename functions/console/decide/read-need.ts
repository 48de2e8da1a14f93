import { typedCount } from '../../../shared/domain/read/quantity.ts';
import type { NeedCase } from '../../../shared/kinds/need/case.ts';
import { readDesk } from '../../forms/desk-form.ts';
import { given, type Reader, type Values } from '../../forms/desk-values.ts';
import { caseNumber } from '../../web/case-number.ts';
import { deskForm } from '../entry/desk-form.tsx';

/** Lines as they were answered; those for which nothing was said are left out. */
function perLine<T>(subject: NeedCase, read: (line: NeedCase['lines'][number]) => T | undefined): T[] {
  return subject.lines.flatMap((line) => read(line) ?? []);
}

/** Lots as they are typed, one a row: the number on the box, then how many pieces; all of the line when left out. */
function readLots(subject: NeedCase, reader: Reader): unknown[] {
  return subject.lines.flatMap((line) => {
    const rows = (reader.text(`lots.${line.id}`) ?? '').split('\n').map((row) => row.trim());
    const typed = rows.filter((row) => row !== '');
    return typed.map((row) => {
      const words = row.split(/[\s,，;；:：×x*]+(?=\S+$)/);
      const quantity = words.length > 1 ? typedCount(words.at(-1) ?? '', line.unit) : undefined;
      if (quantity !== undefined) return { line: line.id, lot: words.slice(0, -1).join(' '), quantity };
      if (typed.length > 1) reader.problems.push({ name: `lots.${line.id}`, code: 'not-a-number' });
      return { line: line.id, lot: row, quantity: line.approved ?? 0 };
    });
  });
}

/** What a form about a need says beyond the reason. Every outcome reads its own fields only. */
export function readNeed(
  subject: NeedCase,
  outcome: string,
  values: Values,
  reader: Reader,
): Record<string, unknown> | undefined {
  switch (outcome) {
    case 'verified': {
      const lines = perLine(subject, (line) => {
        const quantity = reader.whole(`lines.${line.id}.quantity`, line.unit ?? '');
        return quantity === undefined || quantity === line.quantity ? undefined : { line: line.id, quantity };
      });
      return given({
        lines: lines.length > 0 ? lines : undefined,
        ...readDesk(deskForm('zh', 'need', 'verified'), values, reader),
      });
    }
    case 'matched': {
      const [donor, offer] = (reader.text('choice') ?? '').split('/');
      return given({ donor: donor || undefined, offer: offer || undefined });
    }
    case 'approved':
      return {
        lines: perLine(subject, (line) => ({
          line: line.id,
          quantity: reader.whole(`lines.${line.id}.quantity`, line.unit ?? '') ?? 0,
        })),
      };
    case 'dispatched': {
      const lots = readLots(subject, reader);
      return given({
        carrier: reader.text('carrier'),
        trackingNumber: reader.text('trackingNumber'),
        expectedOn: reader.day('expectedOn'),
        lots: lots.length > 0 ? lots : undefined,
        note: reader.text('note'),
      });
    }
    case 'confirmed':
      return {
        lines: perLine(subject, (line) => {
          const received = reader.whole(`lines.${line.id}.received`, line.unit ?? '');
          const enough = reader.ticked(`lines.${line.id}.enough`);
          return received === undefined && !enough
            ? undefined
            : { line: line.id, received: received ?? 0, ...given({ enough }) };
        }),
      };
    case 'reported':
      return given({ report: reader.text('report') });
    case 'merged': {
      const typed = reader.text('into');
      return given({ into: typed && (caseNumber(typed) ?? typed) });
    }
    default:
      return undefined;
  }
}
