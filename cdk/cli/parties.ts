import { openTable } from '../../shared/store/table.ts';
import { enterParties, readPartiesFile } from './parties-file.ts';
import { fail } from './settings.ts';

const path = process.argv[2];
const table = process.env.TABLE_NAME;
if (!path || !table)
  fail(
    'Usage: TABLE_NAME=… npm run parties -- FILE.json   (the table of a stack on AWS, with credentials in the environment)',
  );
const parties = readPartiesFile(path);
await enterParties(openTable(table), parties);
console.log(`${parties.parties.length} parties and ${parties.members.length} members entered.`);
