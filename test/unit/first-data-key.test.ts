import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerDeployment, deploymentIn } from '../../functions/sweep/first-key.ts';

/** What was put to the address that CloudFormation gave, with its type. */
const answers: { readonly type: string | undefined; readonly body: unknown }[] = [];
const server = createServer((request, response) => {
  void text(request).then((body) => {
    answers.push({ type: request.headers['content-type'], body: JSON.parse(body) });
    response.statusCode = request.url === '/refused' ? 403 : 200;
    response.end();
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => answers.splice(0));

const asked = (RequestType: string, path = '/') => ({
  RequestType,
  ServiceToken: 'arn',
  ResponseURL: `${url}${path}`,
  StackId: 'stack',
  RequestId: 'request',
  ResourceType: 'AWS::CloudFormation::CustomResource',
  LogicalResourceId: 'FirstDataKey',
  ResourceProperties: {},
});
async function deploy(event: unknown, work: () => Promise<unknown>) {
  const deployment = deploymentIn(event);
  if (!deployment) throw new Error('not taken for a deployment');
  await answerDeployment(deployment, work);
}
const same = {
  PhysicalResourceId: 'FirstDataKey',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'FirstDataKey',
};

describe('a deployment', () => {
  it('is done when the first data key is there', async () => {
    let made = 0;
    await deploy(asked('Create'), async () => {
      made += 1;
    });
    expect(made).toBe(1);
    expect(answers).toEqual([{ type: undefined, body: { Status: 'SUCCESS', ...same } }]);
  });

  it('fails at once, without the words of the error, when the key cannot be made', async () => {
    await deploy(asked('Create'), () => Promise.reject(new RangeError('something of a person')));
    expect(answers).toMatchObject([
      { body: { Status: 'FAILED', Reason: 'the data key could not be made: RangeError' } },
    ]);
  });

  it('makes none where the stack is removed', async () => {
    await deploy(asked('Delete'), () => Promise.reject(new Error('called')));
    expect(answers).toMatchObject([{ body: { Status: 'SUCCESS' } }]);
  });

  const changed = (before: object, after: object) =>
    deploy({ ...asked('Update'), OldResourceProperties: before, ResourceProperties: after }, async () => undefined);

  it('that would leave out of every list what lies in an upper shard is refused, and taken back by CloudFormation', async () => {
    await changed({ INDEX_SHARDS: '4' }, { INDEX_SHARDS: '1' });
    await changed({ INDEX_SHARDS: '4' }, {});
    const Reason = 'indexShards cannot be lowered: it is 4';
    expect(answers).toMatchObject([{ body: { Status: 'FAILED', Reason } }, { body: { Status: 'FAILED', Reason } }]);
  });

  it('may have more shards than before, or the first ones', async () => {
    await changed({ INDEX_SHARDS: '4' }, { INDEX_SHARDS: '8' });
    await changed({}, { INDEX_SHARDS: '4' });
    await changed({}, {});
    expect(answers.map(({ body }) => Object(body).Status)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
  });

  it('is asked again when its answer was not taken', async () => {
    await expect(deploy(asked('Create', '/refused'), async () => undefined)).rejects.toThrow('403');
  });

  it('is no hourly or daily event', () => {
    expect(deploymentIn({ sweep: 'lags' })).toBeUndefined();
  });
});
