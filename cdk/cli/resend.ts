import './begin.ts';
import { parseArgs } from 'node:util';
import { askForMails, tellSince } from '../../shared/store/letters.ts';
import { countUnsent, type UnsentCount } from '../../shared/store/mails.ts';
import { openTable } from '../../shared/store/table.ts';
import { fail } from './settings.ts';
import { useRunningStack } from './stack-environment.ts';

const { values } = parseArgs({ options: { waiting: { type: 'boolean', default: false }, since: { type: 'string' } } });
const since = values.since === undefined ? undefined : Date.parse(values.since);
// on AWS the environment names it; here the running stack does
const { TABLE_NAME } = process.env.TABLE_NAME ? process.env : useRunningStack();
if (!TABLE_NAME || Number.isNaN(since)) {
  fail(`Usage: TABLE_NAME=… npm run resend [-- --waiting | --since 2020-02-03T04:00Z]   (TABLE_NAME on AWS: an output of the stack)
  --waiting  tries those that wait, and leaves those that were given up
  --since    looks again at all that happened since then, and mails what was not mailed: after a queue of failures, at most 30 days back`);
}

const table = openTable(TABLE_NAME);
if (since !== undefined) {
  const events = await tellSince(table, new Date(since).toISOString());
  console.log(`Looked at again: ${events} events. What was not mailed is mailed now.`);
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
