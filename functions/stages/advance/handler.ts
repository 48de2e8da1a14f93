import { AdvanceInput } from '../../../shared/domain/workflow/contract.ts';
import { openTable } from '../../../shared/store/table.ts';
import { parseEnv } from '../../env/parse-env.ts';
import { advance } from './advance.ts';
import { AdvanceEnv } from './env.ts';

const table = openTable(parseEnv(AdvanceEnv).TABLE_NAME);

export const handler = async (input: unknown) => advance(table, AdvanceInput.parse(input));
