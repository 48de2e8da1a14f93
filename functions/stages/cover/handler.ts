import { CoverInput } from '../../../shared/domain/workflow/contract.ts';
import { kmsKeyService } from '../../../shared/secrets/key-service.ts';
import { openTable } from '../../../shared/store/table.ts';
import { parseEnv } from '../../env/parse-env.ts';
import { cover } from './cover.ts';
import { CoverEnv } from './env.ts';

const env = parseEnv(CoverEnv);
const table = openTable(env.TABLE_NAME, kmsKeyService(env.DATA_KEY_ID));

export const handler = async (input: unknown) => cover(table, CoverInput.parse(input).caseId);
