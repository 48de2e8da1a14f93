/** `npm run --silent dynamodb -- --port P --data DIR`: the tables alone, for tools and tests that speak DynamoDB. */
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lockDataFolder } from '../../data-folder/lock.ts';
import { startEngineThread } from '../engine/thread/engine-thread.ts';
import { accessKeyFor } from './access-key.ts';
import { tablesServer } from './http-server.ts';

const USAGE = `usage: dynamodb --port PORT --data FOLDER [--region us-east-1] [--account 000000000000]
Requests are signed with the key of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or with the one in FOLDER/access-key.json.`;

/** Ends the process with a message for the person who started it. */
function fail(error: unknown, code = 1): never {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(code);
}

function asked() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        region: { type: 'string', default: process.env.AWS_REGION ?? 'us-east-1' },
        account: { type: 'string', default: '000000000000' },
      },
    }).values;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n${USAGE}`, 2);
  }
}

const { port = '', data, region, account } = asked();
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
  const server = tablesServer(engine, key);
  await once(server.listen(Number(port), '127.0.0.1'), 'listening');
  const stop = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await engine.stop();
    unlock();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const address = server.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  console.log(`DynamoDB: http://127.0.0.1:${listening}  key ${key.accessKeyId}`);
} catch (error) {
  fail(error);
}
