import './begin.ts';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { checkProof } from '../../shared/persons/person-proof.ts';
import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { openTable } from '../../shared/store/table.ts';
import { meanings } from './audit/faults.ts';
import { verifyAudit } from './audit/verify.ts';
import { fail } from './settings.ts';
import { tableNamedIn, useRunningStack } from './stack-environment.ts';

// on AWS the environment names them; here the running stack does. Without the data key what is personal is not compared
const environment = process.env.TABLE_NAME ? process.env : useRunningStack();
const { DATA_KEY_ID, ANCHOR_BUCKET } = environment;
const named = tableNamedIn(environment);
if (!named || !ANCHOR_BUCKET) {
  fail(
    'Usage: TABLE_NAME=… INDEX_SHARDS=… DATA_KEY_ID=… ANCHOR_BUCKET=… npm run audit:verify   (on AWS: outputs of the stack)',
  );
}

const { proof } = parseArgs({ options: { proof: { type: 'string' } } }).values;
const table = openTable(named, DATA_KEY_ID ? kmsKeyService(DATA_KEY_ID) : undefined);

/** What each verdict on a proof about a person's data means. */
const verdicts = {
  genuine: 'The proof is genuine: its text is that of its SHA-256, and the chain has it.',
  altered: 'The proof was altered: its text is not that of its SHA-256.',
  unknown: 'No entry of the chain has this proof, or that entry was altered.',
  none: 'This is no whole proof: its last two lines are missing.',
} as const;
if (proof !== undefined) {
  const { verdict } = await checkProof({ table }, readFileSync(proof, 'utf8'));
  console.log(verdicts[verdict]);
  if (verdict !== 'genuine') process.exitCode = 1;
}

const begun = performance.now();
const told = new Map<string, number>();
/** So many lines of one sort are enough to see what happened. */
const MOST_LINES = 200;

const report = await verifyAudit(table, new S3Client({}), ANCHOR_BUCKET, ({ what, chain, seq, where }) => {
  const lines = (told.get(what) ?? 0) + 1;
  told.set(what, lines);
  if (lines <= MOST_LINES) console.log([what, chain, seq ?? '', where].join('\t'));
});
const seconds = ((performance.now() - begun) / 1000).toFixed(1);
const { chains, entries, anchors, faults, notComparable } = report;
console.log(`${entries} entries in ${chains} chains, held against ${anchors} anchored heads in ${seconds} s.`);
for (const [what, lines] of told) {
  const meaning = Object.entries(meanings).find(([name]) => name === what)?.[1];
  console.log(`${what} (${lines}): ${meaning}`);
}
for (const place of notComparable) console.log(`not-comparable\t\t\t${place}`);
if (notComparable.length > 0)
  console.log(
    `not-comparable (${notComparable.length}): a party, a programme or an offer from before entries were kept that bind it: nothing says how it was. ` +
      '`npm run parties` with the owner’s file enters a party again.',
  );
console.log(faults === 0 ? 'Everything is as it was written.' : `${faults} faults.`);
if (faults > 0) process.exitCode = 1;
