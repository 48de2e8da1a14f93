import * as z from 'zod';
import { assertAddressMay } from '../../../shared/case/limits.ts';
import { reviewRoster, volunteersFromFile } from '../../../shared/case/roster.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { LocalDate } from '../../../shared/domain/time.ts';
import { MAX_VOLUNTEERS, VolunteerInput } from '../../../shared/kinds/insurance/input.ts';
import { readForm, readJson } from '../body.ts';
import type { Answer, Call } from '../call.ts';
import { viewRosterReview } from '../views/roster-review.ts';

const period = { coverFrom: LocalDate, coverTo: LocalDate };

/** A roster to look through before it is sent; nothing of it is kept. */
export const RosterReviewBody = z.strictObject({
  ...period,
  volunteers: z.array(VolunteerInput).min(1).max(MAX_VOLUNTEERS),
});
const Period = z.object(period);

async function requested(call: Call) {
  const form = await readForm(call.request);
  if (!form) return parseInput(RosterReviewBody, await readJson(call.request));
  const days = parseInput(Period, form.fields);
  const sheet = await volunteersFromFile(form.bytes);
  if (sheet.ok)
    return {
      ...days,
      volunteers: sheet.rows.map(({ line: _line, ...volunteer }) => volunteer),
      lines: sheet.rows.map(({ line }) => line),
    };
  const params = sheet.code === 'columns-missing' ? { columns: sheet.missing.join(', ') } : {};
  throw new Rejected('unreadable-file', { fields: [{ pointer: '/file', code: sheet.code, params }] });
}

async function review(call: Call): Promise<Answer> {
  await assertAddressMay(call.hub, 'upload/address', call.address);
  const { volunteers, coverFrom, coverTo, ...file } = await requested(call);
  const rows = reviewRoster({ volunteers, coverFrom, coverTo });
  const lines = 'lines' in file ? file.lines : [];
  return {
    body: viewRosterReview(
      rows.map((row, index) => ({ ...row, line: lines[index] ?? row.line })),
      call.language,
    ),
  };
}

export const rosterReviews = { reviewRoster: review };
