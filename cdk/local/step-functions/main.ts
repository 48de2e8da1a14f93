import { lockDataFolder } from '../data-folder/lock.ts';
import { asked, fail, serveUntilStopped } from '../served-alone.ts';
import { httpLambda } from './http-lambda.ts';
import { stepFunctionsServer } from './http-server.ts';
import { createStepFunctions } from './index.ts';
import { realClock } from './real-clock.ts';

const USAGE =
  'usage: step-functions --port PORT --lambda-endpoint URL --data FOLDER [--host 127.0.0.1] [--region us-east-1] [--account 111111111111]';

const defaults = { host: '127.0.0.1', region: process.env.AWS_REGION ?? 'us-east-1', account: '111111111111' };
const {
  port = '',
  data,
  host,
  region,
  account,
  'lambda-endpoint': endpoint = '',
} = asked(USAGE, defaults, 'port', 'data', 'lambda-endpoint');
if (data === undefined || !/^\d{1,5}$/.test(port) || !/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
  fail(USAGE, 2);
}

process.umask(0o077);
try {
  const unlock = lockDataFolder(data);
  const lambda = httpLambda(endpoint);
  const service = createStepFunctions({ dataDir: data, clock: realClock(), lambda, region, accountId: account });
  const server = stepFunctionsServer(service);
  await serveUntilStopped(
    server,
    { host, port },
    {
      said: (url) => `Step Functions: ${url}`,
      begin: () => service.start(),
      async stop() {
        await service.stop();
        unlock();
      },
    },
  );
} catch (error) {
  fail(error);
}
