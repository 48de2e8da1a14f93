import { readFileSync } from 'node:fs';
import { readSheets, UnreadableFile } from '../../shared/spreadsheet/index.ts';

/** Reads the file named and says what came of it, and the most memory that this process ever had, in megabytes. */
const bytes = new Uint8Array(readFileSync(process.argv[2] ?? ''));
const begun = performance.now();
let outcome: string;
try {
  const { sheets } = await readSheets(bytes);
  outcome = `${sheets.flatMap(({ rows }) => rows).length} rows`;
} catch (error) {
  outcome = error instanceof UnreadableFile ? error.code : String(error);
}
const seconds = (performance.now() - begun) / 1000;
// not what getrusage says: that begins with what the parent had when it made this process
const most = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
console.log(JSON.stringify({ outcome, seconds, megabytes: Number(most) / 1024 }));
