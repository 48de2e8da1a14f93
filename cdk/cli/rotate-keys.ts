import './begin.ts';
import { KMSClient, LimitExceededException, RotateKeyOnDemandCommand } from '@aws-sdk/client-kms';
import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { LOOK_AGAIN } from '../../shared/store/vault.ts';
import { rotateKeys } from './keys/rotate.ts';
import { fail } from './settings.ts';
import { tableNamedIn, useRunningStack } from './stack-environment.ts';

const [flag, ...more] = process.argv.slice(2);
// on AWS the environment names them; here the running stack does
const isLocal = !process.env.TABLE_NAME;
const environment = isLocal ? useRunningStack() : process.env;
const { DATA_KEY_ID } = environment;
const named = tableNamedIn(environment);
if (!named || !DATA_KEY_ID || more.length > 0 || (flag !== undefined && flag !== '--go-on')) {
  fail(
    'Usage: TABLE_NAME=… INDEX_SHARDS=… DATA_KEY_ID=… npm run rotate-keys [-- --go-on]   (on AWS: outputs of the stack, with credentials in the environment; --go-on after a rotation that was stopped)',
  );
}

/** New material for the key around the data keys: on AWS KMS makes some every year by itself, here the key file gets it now. */
async function renewKeyFile(KeyId: string): Promise<void> {
  try {
    await new KMSClient({}).send(new RotateKeyOnDemandCommand({ KeyId }));
    console.log('The key file has new material.');
  } catch (error) {
    if (!(error instanceof LimitExceededException)) throw error;
    console.log('The key file had new material as often as a key can have it on demand: it gets more once a year.');
  }
}

if (isLocal && flag === undefined) await renewKeyFile(DATA_KEY_ID);
const { dataKey, resealed, retired } = await rotateKeys(named, kmsKeyService(DATA_KEY_ID), {
  goOn: flag === '--go-on',
  // twice the time that a process goes on with a key it knows
  settle: 2 * LOOK_AGAIN,
  say: (line) => console.log(line),
});
console.log(
  `Everything is sealed with data key ${dataKey}: ${resealed} items sealed anew, ${retired} older keys removed.`,
);
