import { S3Client } from '@aws-sdk/client-s3';
import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { openTable } from '../../shared/store/table.ts';
import { meanings } from './audit/faults.ts';
import { verifyAudit } from './audit/verify.ts';
import { fail } from './settings.ts';
import { useRunningStack } from './stack-environment.ts';

// on AWS the environment names them; here the running stack does. Without the data key what is personal is not compared
const { TABLE_NAME, DATA_KEY_ID, ANCHOR_BUCKET } = process.env.TABLE_NAME ? process.env : useRunningStack();
if (!TABLE_NAME || !ANCHOR_BUCKET) {
  fail('Usage: TABLE_NAME=… DATA_KEY_ID=… ANCHOR_BUCKET=… npm run audit:verify   (on AWS: outputs of the stack)');
}

const begun = performance.now();
const told = new Map<string, number>();
/** So many lines of one sort are enough to see what happened. */
const MOST_LINES = 200;

const report = await verifyAudit(
  openTable(TABLE_NAME, DATA_KEY_ID ? kmsKeyService(DATA_KEY_ID) : undefined),
  new S3Client({}),
  ANCHOR_BUCKET,
  ({ what, chain, seq, where }) => {
    const lines = (told.get(what) ?? 0) + 1;
    told.set(what, lines);
    if (lines <= MOST_LINES) console.log([what, chain, seq ?? '', where].join('\t'));
  },
);
const seconds = ((performance.now() - begun) / 1000).toFixed(1);
const { chains, entries, anchors, faults } = report;
console.log(`${entries} entries in ${chains} chains, held against ${anchors} anchored heads in ${seconds} s.`);
for (const [what, lines] of told) {
  const meaning = Object.entries(meanings).find(([name]) => name === what)?.[1];
  console.log(`${what} (${lines}): ${meaning}`);
}
console.log(faults === 0 ? 'Everything is as it was written.' : `${faults} faults.`);
process.exitCode = faults === 0 ? 0 : 1;
