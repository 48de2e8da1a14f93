import './begin.ts';
import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { ensureDataKey } from '../../shared/store/data-keys.ts';
import { openTable } from '../../shared/store/table.ts';
import { enterParties, hubsWithoutContact, readPartiesFile } from './parties-file.ts';
import { fail } from './settings.ts';
import { tableNamedIn } from './stack-environment.ts';

const path = process.argv[2];
const { DATA_KEY_ID } = process.env;
const named = tableNamedIn(process.env);
if (!path || !named || !DATA_KEY_ID)
  fail(
    'Usage: TABLE_NAME=… INDEX_SHARDS=… DATA_KEY_ID=… npm run parties -- FILE.json   (outputs of a stack on AWS, with credentials in the environment)',
  );
const parties = read(path);

function read(file: string) {
  try {
    return readPartiesFile(file);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const service = kmsKeyService(DATA_KEY_ID);
const table = openTable(named, service);
// a new stack has no data key yet
await ensureDataKey(table, service);
await enterParties(table, parties);
console.log(`${parties.parties.length} parties and ${parties.members.length} members entered.`);
for (const line of hubsWithoutContact(parties)) console.warn(line);
