import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { openToOthers } from '../../e2e/file-modes.ts';
import { INVOKE } from './runtime.ts';

const main = join(import.meta.dirname, '../../../cdk/local/step-functions/main.ts');

/** A Lambda endpoint: `fails` raises, `missing` is not there, anything else gives back what it got. */
async function lambdaEndpoint() {
  const asked: string[] = [];
  const server = createServer(async (req: IncomingMessage, res) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    const name = decodeURIComponent(/^\/2015-03-31\/functions\/(.+)\/invocations$/.exec(req.url ?? '')?.[1] ?? '');
    asked.push(`${name} ${req.headers['x-amz-invocation-type']}`);
    if (name === 'missing') {
      res
        .writeHead(404, { 'x-amzn-errortype': 'ResourceNotFoundException' })
        .end('{"Message":"Function not found: missing"}');
    } else if (name === 'fails') {
      res.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end('{"errorType":"Oops","errorMessage":"no"}');
    } else res.writeHead(200).end(body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port }: AddressInfo = JSON.parse(JSON.stringify(server.address()));
  return { server, asked, url: `http://127.0.0.1:${port}` };
}

it('runs alone, with functions behind an HTTP endpoint, and ends in good order when told to', async () => {
  const lambda = await lambdaEndpoint();
  const folder = mkdtempSync(join(tmpdir(), 'step-functions-alone-'));
  // a folder that others may look into, and the umask that most systems begin with
  chmodSync(folder, 0o755);
  const words = [process.execPath, main, '--port', '0', '--lambda-endpoint', lambda.url, '--data', folder];
  const child = spawn('/bin/sh', ['-c', 'umask 022; exec "$0" "$@"', ...words]);
  const [ready] = await once(child.stdout, 'data');
  const endpoint = /http:\S+/.exec(String(ready))?.[0] ?? '';
  const sfn = new SFNClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const definition = JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'T',
    States: {
      T: {
        Type: 'Task',
        Resource: INVOKE,
        Arguments: { FunctionName: '{% $states.input %}', Payload: { a: 1 } },
        Output: '{% $states.result.Payload %}',
        End: true,
      },
    },
  });
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({ name: 'alone', definition, roleArn: 'arn:aws:iam::111111111111:role/states' }),
  );
  const outcome = async (name: string) => {
    const { executionArn } = await sfn.send(
      new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(name) }),
    );
    await expect
      .poll(async () => (await sfn.send(new DescribeExecutionCommand({ executionArn }))).status)
      .not.toBe('RUNNING');
    return sfn.send(new DescribeExecutionCommand({ executionArn }));
  };
  expect(await outcome('echo')).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}' });
  expect(await outcome('fails')).toMatchObject({
    status: 'FAILED',
    error: 'Oops',
    cause: '{"errorType":"Oops","errorMessage":"no"}',
  });
  expect(await outcome('missing')).toMatchObject({
    error: 'Lambda.ResourceNotFoundException',
    cause: expect.stringContaining('Function not found: missing (Service: AWSLambda; Status Code: 404;'),
  });
  expect(lambda.asked).toEqual(['echo RequestResponse', 'fails RequestResponse', 'missing RequestResponse']);
  expect(openToOthers(folder)).toEqual([folder]);
  lambda.server.closeAllConnections();
  lambda.server.close();
  expect(await outcome('echo')).toMatchObject({ error: 'Lambda.SdkClientException' });
  sfn.destroy();
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  rmSync(folder, { recursive: true });
});

/** What somebody reads who starts it like this, and how it ends. */
async function started(...options: string[]) {
  const child = spawn(process.execPath, [main, ...options]);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  return { said, code };
}

const usage = 'usage: step-functions --port PORT --lambda-endpoint URL --data FOLDER';

it.each([
  ['something is missing', ['--port', '1']],
  ['the endpoint is no address', ['--port', '1', '--lambda-endpoint', 'localhost', '--data', 'x']],
  ['the port is no number', ['--port', 'http', '--lambda-endpoint', 'http://localhost', '--data', 'x']],
  ['an option is not known', ['--prot', '1']],
])('says how it is started when %s', async (_, options) => {
  expect(await started(...options)).toEqual({ said: expect.stringContaining(usage), code: 2 });
});

it('works with a folder and on a port that nobody else works with, and says so otherwise', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'step-functions-taken-'));
  const options = ['--lambda-endpoint', 'http://127.0.0.1:9'];
  const child = spawn(process.execPath, [main, '--port', '0', ...options, '--data', folder]);
  const [ready] = await once(child.stdout, 'data');
  const [, port = ''] = /:(\d+)\s*$/.exec(String(ready)) ?? [];
  expect(await started('--port', '0', ...options, '--data', folder)).toEqual({
    said: `${folder} is in use by process ${child.pid}.\n`,
    code: 1,
  });
  expect(await started('--port', port, ...options, '--data', join(folder, 'other'))).toEqual({
    said: `listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`,
    code: 1,
  });
  child.kill('SIGKILL');
  await once(child, 'exit');
  const again = spawn(process.execPath, [main, '--port', '0', ...options, '--data', folder]);
  await once(again.stdout, 'data');
  again.kill('SIGTERM');
  await once(again, 'exit');
  rmSync(folder, { recursive: true });
});
