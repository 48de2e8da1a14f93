import * as z from 'zod';
import { assertAddressMay } from '../../../shared/case/limits.ts';
import { reviewRoster, volunteersFromFile } from '../../../shared/case/roster.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { LocalDate } from '../../../shared/domain/time.ts';
import { rosterFieldsText } from '../../../shared/i18n/spreadsheet.ts';
import { MAX_VOLUNTEERS, VolunteerInput } from '../../../shared/kinds/insurance/input.ts';
import { encodings } from '../../../shared/spreadsheet/decode-text.ts';
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
const column = z.string().max(200).optional();
/** Which column is which, by its heading, and how else the file is to be read. */
const Choice = z.object({
  nameColumn: column,
  identityNumberColumn: column,
  phoneColumn: column,
  encoding: z.enum(encodings).optional(),
  leaveOutSheets: column,
});

async function requested(call: Call) {
  const form = await readForm(call.request);
  if (!form) return parseInput(RosterReviewBody, await call.json());
  const days = parseInput(Period, form.fields);
  const { nameColumn, identityNumberColumn, phoneColumn, encoding, leaveOutSheets } = parseInput(Choice, form.fields);
  const columns = { name: nameColumn, identityNumber: identityNumberColumn, phone: phoneColumn };
  const file = await volunteersFromFile(form.bytes, { ...columns, encoding, leaveOut: leaveOutSheets });
  if (file.ok) return { ...days, volunteers: file.rows, file };
  const params =
    file.code === 'columns-missing'
      ? { columns: rosterFieldsText(call.language, file.missing) }
      : file.code === 'too-many-volunteers'
        ? { count: file.count, maximum: file.maximum }
        : {};
  // the file can be read: what is wrong with it is its content
  throw new Rejected('invalid', { fields: [{ pointer: '/file', code: file.code, params }] });
}

async function review(call: Call) {
  await assertAddressMay(call.hub, 'upload/address', call.address);
  const { volunteers, coverFrom, coverTo, ...read } = await requested(call);
  await assertAddressMay(call.hub, 'roster-rows/address', call.address, volunteers.length);
  const rows = reviewRoster({ volunteers, coverFrom, coverTo });
  return { body: viewRosterReview(rows, call.language, 'file' in read ? read.file : undefined) };
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
                description:
                  'CSV or XLSX with columns for name, identity number and mobile phone; every visible sheet that has them is read',
              },
              nameColumn: {
                type: 'string',
                description: 'the heading of the column, where another one would be taken',
              },
              identityNumberColumn: { type: 'string' },
              phoneColumn: { type: 'string' },
              encoding: {
                type: 'string',
                enum: encodings,
                description: 'of a CSV file, where another one would be guessed',
              },
              leaveOutSheets: {
                type: 'string',
                description: 'names of sheets that are not to be read, between commas',
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
