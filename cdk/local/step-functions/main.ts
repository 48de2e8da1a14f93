import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { lockDataFolder } from '../data-folder/lock.ts';
import { httpLambda } from './http-lambda.ts';
import { stepFunctionsServer } from './http-server.ts';
import { createStepFunctions, type StepFunctions } from './index.ts';
import { realClock } from './real-clock.ts';

const USAGE =
  'usage: step-functions --port PORT --lambda-endpoint URL --data FOLDER [--host 127.0.0.1] [--region us-east-1] [--account 111111111111]';

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
        'lambda-endpoint': { type: 'string' },
        data: { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        region: { type: 'string', default: process.env.AWS_REGION ?? 'us-east-1' },
        account: { type: 'string', default: '111111111111' },
      },
    }).values;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n${USAGE}`, 2);
  }
}

const { port = '', data, host, region, account, 'lambda-endpoint': endpoint = '' } = asked();
if (data === undefined || !/^\d{1,5}$/.test(port) || !/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
  fail(USAGE, 2);
}

function open(dataDir: string): { service: StepFunctions; unlock: () => void } {
  try {
    const unlock = lockDataFolder(dataDir);
    const lambda = httpLambda(endpoint);
    return {
      service: createStepFunctions({ dataDir, clock: realClock(), lambda, region, accountId: account }),
      unlock,
    };
  } catch (error) {
    return fail(error);
  }
}

const { service, unlock } = open(data);
const server = stepFunctionsServer(service);
try {
  await once(server.listen(Number(port), host), 'listening');
} catch (error) {
  fail(error);
}
await service.start();

const stop = async (): Promise<void> => {
  server.close();
  server.closeIdleConnections();
  await service.stop();
  unlock();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

const address = server.address();
const listening = typeof address === 'object' && address !== null ? address.port : port;
console.log(`Step Functions: http://${host}:${listening}`);
