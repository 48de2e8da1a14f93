import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { statesService } from '../../cdk/local/endpoint/states-service.ts';
import { createAuthorizer } from '../../cdk/local/iam/authorizer.ts';

const machine = (name: string) => `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
const role = 'arn:aws:iam::123456789012:role/relay';
const document = { Statement: [{ Effect: 'Allow', Action: 'states:SendTaskSuccess', Resource: machine('need') }] };

function send(taskToken: string): Promise<unknown> {
  const service = statesService({
    states: {
      call: async () => ({}),
      machineOfToken: (token) => (token.startsWith('token of ') ? machine(token.slice(9)) : undefined),
    },
    authorizer: createAuthorizer(
      { roles: new Map([[role, [{ name: 'policy', document }]]]), resources: new Map() },
      { accountId: '123456789012', region: 'us-east-1' },
    ),
    arnOf: machine,
    machines: [machine('need'), machine('grant')],
  });
  return service.answer({
    caller: { principalArn: 'arn:aws:sts::123456789012:assumed-role/relay/x', roleArn: role },
    operation: 'SendTaskSuccess',
    body: Buffer.from(JSON.stringify({ taskToken, output: '{}' })),
    request: new IncomingMessage(new Socket()),
  });
}

test('a task is answered by whoever may answer for its own state machine, not by whoever may for another', async () => {
  await expect(send('token of need')).resolves.toMatchObject({ status: 200 });
  await expect(send('token of grant')).rejects.toMatchObject({
    code: 'AccessDeniedException',
    message: expect.stringContaining(machine('grant')),
  });
});

test('what is no token is refused by Step Functions, not by the permissions', async () => {
  await expect(send('nonsense')).resolves.toMatchObject({ status: 200 });
});
