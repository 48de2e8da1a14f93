/** Writes what the functions of the deployed stack may do to the file that is named: `node test/permissions/deployed-child.ts FILE`. */
import { renameSync, writeFileSync } from 'node:fs';
import { policiesOf } from '../../cdk/local/deployment/roles.ts';
import { blueprintOf, placeOf } from '../infra/template.ts';

const [, , file = ''] = process.argv;
const blueprint = blueprintOf();
const { region, accountId, tables, buckets, functions } = blueprint;
const deployed = {
  region,
  accountId,
  tables,
  buckets,
  functions: functions.flatMap(({ logicalId, roleArn }) => {
    const name = placeOf(logicalId);
    return name ? [{ name, roleArn }] : [];
  }),
  roles: [...policiesOf(blueprint).roles],
};
writeFileSync(`${file}.part`, JSON.stringify(deployed));
// whoever waits for it finds all of it
renameSync(`${file}.part`, file);
