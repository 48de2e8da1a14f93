import { OpenTaskInput } from '../../../shared/domain/workflow/contract.ts';
import { kmsKeyService } from '../../../shared/secrets/key-service.ts';
import { openTable } from '../../../shared/store/table.ts';
import { parseEnv } from '../../env/parse-env.ts';
import { OpenTaskEnv } from './env.ts';
import { openTask } from './open-task.ts';

const env = parseEnv(OpenTaskEnv);
const table = openTable({ name: env.TABLE_NAME, shards: env.INDEX_SHARDS }, kmsKeyService(env.DATA_KEY_ID));

export const handler = async (input: unknown) => openTask(table, OpenTaskInput.parse(input));
