/** The process that durability.test.ts kills: Step Functions on a data folder, with functions that take their time. */
import { createStepFunctions } from '../../../cdk/local/step-functions/index.ts';
import { realClock } from '../../../cdk/local/step-functions/real-clock.ts';
import type { LambdaService } from '../../../cdk/local/types.ts';

const [folder = '', states = ''] = process.argv.slice(2);

const lambda: LambdaService = {
  async invoke(_, payload) {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
    return { payload };
  },
  async invokeAsync() {},
};

const service = createStepFunctions({
  dataDir: folder,
  clock: realClock(),
  lambda,
  region: 'us-east-1',
  accountId: '111111111111',
});
const machine = service.deploy({
  name: 'killed',
  definition: states,
  roleArn: 'arn:aws:iam::111111111111:role/states',
});
await service.start();

/** One request a line on standard input; its number is answered on standard output once it is accepted. */
process.stdin.setEncoding('utf8');
let rest = '';
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop() ?? '';
  for (const name of lines) {
    service
      .call('StartExecution', { stateMachineArn: machine, name, input: JSON.stringify({ name }) })
      .then(() => process.stdout.write(`${name}\n`))
      .catch(() => {});
  }
});
process.stdout.write('ready\n');
