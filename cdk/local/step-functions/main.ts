import { parseArgs } from 'node:util';
import { httpLambda } from './http-lambda.ts';
import { stepFunctionsServer } from './http-server.ts';
import { createStepFunctions } from './index.ts';
import { realClock } from './real-clock.ts';

const USAGE =
  'usage: step-functions --port PORT --lambda-endpoint URL --data FOLDER [--host 127.0.0.1] [--region us-east-1] [--account 111111111111]';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    'lambda-endpoint': { type: 'string' },
    data: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    region: { type: 'string', default: process.env.AWS_REGION ?? 'us-east-1' },
    account: { type: 'string', default: '111111111111' },
  },
});
const { port, data, host, region, account, 'lambda-endpoint': endpoint } = values;
if (port === undefined || data === undefined || endpoint === undefined) {
  console.error(USAGE);
  process.exit(2);
}

const service = createStepFunctions({
  dataDir: data,
  clock: realClock(),
  lambda: httpLambda(endpoint),
  region,
  accountId: account,
});
await service.start();
const server = stepFunctionsServer(service).listen(Number(port), host, () => {
  const address = server.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  console.log(`Step Functions: http://${host}:${listening}`);
});

const stop = async (): Promise<void> => {
  server.close();
  server.closeIdleConnections();
  await service.stop();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
