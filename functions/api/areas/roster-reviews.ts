import * as z from 'zod';
import { assertAddressMay } from '../../../shared/case/limits.ts';
import { reviewRoster, volunteersFromFile } from '../../../shared/case/roster.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { LocalDate } from '../../../shared/domain/time.ts';
import { MAX_VOLUNTEERS, VolunteerInput } from '../../../shared/kinds/insurance/input.ts';
import { readForm } from '../body.ts';
import type { Call } from '../call.ts';
import { rosterReview, rosterReviewForm } from '../openapi/examples/roster-reviews.ts';
import { operation } from '../operation.ts';
import { RosterReviewView, viewRosterReview } from '../views/roster-review.ts';

const period = { coverFrom: LocalDate, coverTo: LocalDate };

/** A roster to look through before it is sent; nothing of it is kept. */
export const RosterReviewBody = z.strictObject({
  ...period,
  volunteers: z.array(VolunteerInput).min(1).max(MAX_VOLUNTEERS),
});
const Period = z.object(period);

async function requested(call: Call) {
  const form = await readForm(call.request);
  if (!form) return parseInput(RosterReviewBody, await call.json());
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

async function review(call: Call) {
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

export const rosterReviews = {
  reviewRoster: operation({
    method: 'post',
    path: '/roster-reviews',
    access: 'public',
    action: 'review-roster',
    summary: 'Check a roster before it is sent',
    description: 'Gives the good rows and the bad ones with what is wrong with each. Nothing is stored.',
    request: {
      content: {
        'application/json': { schemas: { RosterReviewInput: RosterReviewBody }, examples: rosterReview },
        'multipart/form-data': {
          file: {
            type: 'object',
            properties: {
              coverFrom: { type: 'string', format: 'date' },
              coverTo: { type: 'string', format: 'date' },
              file: {
                type: 'string',
                description: 'CSV or XLSX with columns for name, identity number and mobile phone',
              },
            },
            required: ['coverFrom', 'coverTo', 'file'],
          },
          examples: rosterReviewForm,
        },
      },
    },
    answer: { description: 'Every row, in the order of the roster', schema: { RosterReview: RosterReviewView } },
    refusals: ['unreadable-file'],
    handle: review,
  }),
};
