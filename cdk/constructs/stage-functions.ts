import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { AdvanceEnv } from '../../functions/stages/advance/env.ts';
import type { OpenTaskEnv } from '../../functions/stages/open-task/env.ts';
import type { ScreenEnv } from '../../functions/stages/screen/env.ts';
import type { StageFunctions as Called } from '../../workflows/stage-functions.ts';
import { BundledFunction } from './bundled-function.ts';
import type { Installation } from './installation.ts';

/** A few reads and one transaction. The memory is for the share of a processor that a cold start gets with it. */
const small = { memory: 512, timeout: Duration.seconds(30) };
/** A roster has up to 1,700 rows, written 25 at a time, and each person's look-up key is made by hand. */
const large = { memory: 1024, timeout: Duration.seconds(90) };

/** The functions that the workflows call. */
export class StageFunctions extends Construct implements Called {
  readonly screen: BundledFunction;
  readonly openTask: BundledFunction;
  readonly advance: BundledFunction;
  readonly cover: BundledFunction;

  constructor(scope: Construct, id: string, installation: Installation) {
    super(scope, id);
    const { table, macKey, dataKey } = installation;
    const onTable = { ...table.environment, DATA_KEY_ID: dataKey.keyId } satisfies z.input<
      typeof OpenTaskEnv | typeof AdvanceEnv
    >;
    const withKey = { ...onTable, MAC_KEY_ID: macKey.keyId } satisfies z.input<typeof ScreenEnv>;

    this.screen = new BundledFunction(this, 'Screen', installation, {
      ...large,
      name: 'screen',
      description: 'Checks a case that was just submitted',
      environment: withKey,
    });
    // whoever is insured already is found person by person; likely doubles by the organization
    table.allow(this.screen, {
      actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'],
      indexes: ['organizationCases'],
    });
    macKey.allow(this.screen);

    this.openTask = new BundledFunction(this, 'OpenTask', installation, {
      ...small,
      name: 'open-task',
      description: 'Puts a question of the workflow to whom it concerns',
      environment: onTable,
    });
    // who may answer is looked up among the members of a party
    table.allow(this.openTask, { actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'], tokens: 'write' });

    this.advance = new BundledFunction(this, 'Advance', installation, {
      ...small,
      name: 'advance',
      description: 'Reminds, escalates and ends what nobody answered in time',
      environment: onTable,
    });
    // a lapsed grant gives its reservation back to the programme
    table.allow(this.advance, { actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'] });

    this.cover = new BundledFunction(this, 'Cover', installation, {
      ...large,
      name: 'cover',
      description: 'Makes sure of who is insured from when to when',
      environment: onTable,
    });
    table.allow(this.cover, { actions: ['GetItem', 'Query', 'BatchWriteItem'] });

    for (const each of [this.screen, this.openTask, this.advance, this.cover]) dataKey.allow(each);
  }
}
