import { readFileSync } from 'node:fs';
import { readSheet, UnreadableFile } from '../../shared/spreadsheet/index.ts';

/** Reads the file named and says what came of it, and the most memory that this process ever had, in megabytes. */
const bytes = new Uint8Array(readFileSync(process.argv[2] ?? ''));
const begun = performance.now();
let outcome: string;
try {
  const { rows } = await readSheet(bytes);
  outcome = `${rows.length} rows`;
} catch (error) {
  outcome = error instanceof UnreadableFile ? error.code : String(error);
}
const seconds = (performance.now() - begun) / 1000;
console.log(JSON.stringify({ outcome, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
