/** `npm run --silent dynamodb -- --port P --data DIR`: the tables alone, for tools and tests that speak DynamoDB. */
import { join } from 'node:path';
import { lockDataFolder } from '../../data-folder/lock.ts';
import { asked, fail, serveUntilStopped } from '../../served-alone.ts';
import { startEngineThread } from '../engine/thread/engine-thread.ts';
import { accessKeyFor } from './access-key.ts';
import { tablesServer } from './http-server.ts';

const USAGE = `usage: dynamodb --port PORT --data FOLDER [--region us-east-1] [--account 000000000000]
Requests are signed with the key of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or with the one in FOLDER/access-key.json.`;

const defaults = { region: process.env.AWS_REGION ?? 'us-east-1', account: '000000000000' };
const { port = '', data, region, account } = asked(USAGE, defaults, 'port', 'data');
if (data === undefined || !/^\d{1,5}$/.test(port)) fail(USAGE, 2);

process.umask(0o077);
try {
  const unlock = lockDataFolder(data);
  const key = accessKeyFor(data, process.env);
  const engine = await startEngineThread(
    {
      file: join(data, 'engine.db'),
      prefix: `arn:aws:dynamodb:${region}:${account}:table/`,
      clock: undefined,
      older: undefined,
    },
    (line) => console.error(line),
  );
  await serveUntilStopped(
    tablesServer(engine, key),
    { host: '127.0.0.1', port },
    {
      said: (url) => `DynamoDB: ${url}  key ${key.accessKeyId}`,
      async stop() {
        await engine.stop();
        unlock();
      },
    },
  );
} catch (error) {
  fail(error);
}
