import './begin.ts';
import { parseArgs } from 'node:util';
import { MailFilter, mailTroubles } from '../../shared/domain/letter.ts';
import { caseOf, mailSort } from '../../shared/domain/mail.ts';
import { askForMails, tellSince } from '../../shared/store/letters.ts';
import { countUnsent, isOneOf, mailsGivenUp, type UnsentCount } from '../../shared/store/mails.ts';
import { openTable } from '../../shared/store/table.ts';
import { fail } from './settings.ts';
import { tableNamedIn, useRunningStack } from './stack-environment.ts';

const { values } = parseArgs({
  options: {
    waiting: { type: 'boolean', default: false },
    since: { type: 'string' },
    list: { type: 'boolean', default: false },
    case: { type: 'string' },
    why: { type: 'string' },
    mail: { type: 'string' },
  },
});
const wanted = { caseId: values.case, why: values.why, name: values.mail };
const some = MailFilter.safeParse(wanted);
const isSome = Object.values(wanted).some((one) => one !== undefined);
const since = values.since === undefined ? undefined : Date.parse(values.since);
// on AWS the environment names it; here the running stack does
const named = tableNamedIn(process.env.TABLE_NAME ? process.env : useRunningStack());
if (!named || Number.isNaN(since) || !some.success) {
  fail(`Usage: TABLE_NAME=… INDEX_SHARDS=… npm run resend [-- --list | --waiting | --case ID | --why WHY | --mail NAME | --since 2020-02-03T04:00Z]
(on AWS: outputs of the stack)
  --list     tells those that were given up, the latest first
  --case, --why, --mail   sends some of those that were given up: of a case, for a reason (${mailTroubles.join(', ')}), or a single one
  --waiting  tries those that wait, and leaves those that were given up
  --since    looks again at all that happened since then, and mails what was not mailed: after a queue of failures, at most 30 days back`);
}

/** Mails that are told of at most. */
const MOST_LISTED = 1_000;
const table = openTable(named);
if (since !== undefined) {
  const events = await tellSince(table, new Date(since).toISOString());
  console.log(`Looked at again: ${events} events. What was not mailed is mailed now.`);
  process.exit(0);
}
if (values.list || isSome) {
  const all = (await mailsGivenUp(table, MOST_LISTED)).filter((mail) => isOneOf(some.data, mail));
  for (const { name, at, why, about } of all) {
    console.log(`${at}  ${why}  ${caseOf(about) ?? '-'}  ${mailSort(about)}  ${name}`);
  }
  if (!values.list && all.length > 0) await askForMails(table, 'given-up', some.data);
  const many = all.length < MOST_LISTED ? all.length : `${MOST_LISTED} or more`;
  console.log(`${values.list ? 'Mails given up' : 'Given up, and tried now'}: ${many}.`);
  process.exit(0);
}
const { waiting, givenUp } = await countUnsent(table);
const sum = (counts: readonly UnsentCount[]) => counts.reduce((all, { count }) => all + count, 0);
if (sum(waiting) + (values.waiting ? 0 : sum(givenUp)) === 0) {
  console.log('No mail waits or was given up.');
} else {
  await askForMails(table, values.waiting ? 'waiting' : 'given-up');
  const given = values.waiting ? '' : ` mails given up: ${sum(givenUp)};`;
  console.log(`Tried now:${given} mails that wait: ${sum(waiting)}.`);
  console.log('What became of them: npm run resend again, or /console/operations.');
}
