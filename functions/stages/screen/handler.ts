import { ScreenInput } from '../../../shared/domain/workflow/contract.ts';
import { kmsKeyService } from '../../../shared/secrets/key-service.ts';
import { openTable } from '../../../shared/store/table.ts';
import { parseEnv } from '../../env/parse-env.ts';
import { ScreenEnv } from './env.ts';
import { screen } from './screen.ts';

const env = parseEnv(ScreenEnv);
const table = openTable({ name: env.TABLE_NAME, shards: env.INDEX_SHARDS }, kmsKeyService(env.DATA_KEY_ID));

export const handler = async (input: unknown) => screen(table, env.MAC_KEY_ID, ScreenInput.parse(input).caseId);
