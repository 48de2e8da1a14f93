import { CoverInput } from '../../../shared/domain/workflow/contract.ts';
import { kmsKeyService } from '../../../shared/secrets/key-service.ts';
import { openTable } from '../../../shared/store/table.ts';
import { parseEnv } from '../../env/parse-env.ts';
import { cover } from './cover.ts';
import { CoverEnv } from './env.ts';

const env = parseEnv(CoverEnv);
const table = openTable({ name: env.TABLE_NAME, shards: env.INDEX_SHARDS }, kmsKeyService(env.DATA_KEY_ID));

export const handler = async (input: unknown) => cover(table, CoverInput.parse(input).caseId);
