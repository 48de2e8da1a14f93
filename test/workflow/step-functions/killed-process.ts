/**
 * The process that durability.test.ts kills: Step Functions on a data folder, with functions that take their time, fail
 * now and then, or forget to answer. What has failed it redrives.
 */
import { createStepFunctions, type StepFunctions } from '../../../cdk/local/step-functions/index.ts';
import { realClock } from '../../../cdk/local/step-functions/real-clock.ts';
import type { LambdaService } from '../../../cdk/local/types.ts';

const [folder = '', states = ''] = process.argv.slice(2);

const lambda: LambdaService = {
  async invoke(name, payload) {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
    if ((name === 'fragile' || name === 'doomed') && Math.random() < 0.2)
      return { payload: JSON.stringify({ errorType: name, errorMessage: '' }), functionError: 'Unhandled' };
    if (name === 'ask' && Math.random() < 0.8) {
      const { token } = JSON.parse(payload);
      setTimeout(() => {
        service.call('SendTaskSuccess', { taskToken: token, output: '"yes"' }).catch(() => {});
      }, Math.random() * 4);
    }
    return { payload };
  },
  async invokeAsync() {},
};

const service: StepFunctions = createStepFunctions({
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
setInterval(async () => {
  const failed = Object(await service.call('ListExecutions', { stateMachineArn: machine, statusFilter: 'FAILED' }));
  for (const { executionArn } of failed.executions) await service.call('RedriveExecution', { executionArn });
}, 50);

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
