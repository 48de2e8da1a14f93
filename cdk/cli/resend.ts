import { parseArgs } from 'node:util';
import { askForMails } from '../../shared/store/letters.ts';
import { countUnsent, type UnsentCount } from '../../shared/store/mails.ts';
import { openTable } from '../../shared/store/table.ts';
import { fail } from './settings.ts';
import { useRunningStack } from './stack-environment.ts';

const { values } = parseArgs({ options: { waiting: { type: 'boolean', default: false } } });
// on AWS the environment names it; here the running stack does
const { TABLE_NAME } = process.env.TABLE_NAME ? process.env : useRunningStack();
if (!TABLE_NAME) fail('Usage: TABLE_NAME=… npm run resend [-- --waiting]   (on AWS: an output of the stack)');

const table = openTable(TABLE_NAME);
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
