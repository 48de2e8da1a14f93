import { OpenTaskInput } from '../../../shared/domain/workflow/contract.ts';
import { openTable } from '../../../shared/store/table.ts';
import { parseEnv } from '../../env/parse-env.ts';
import { OpenTaskEnv } from './env.ts';
import { openTask } from './open-task.ts';

const table = openTable(parseEnv(OpenTaskEnv).TABLE_NAME);

export const handler = async (input: unknown) => openTask(table, OpenTaskInput.parse(input));
