import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { type Bundles, bundleFunctions } from '../../cdk/bundle.ts';
import { createClock } from '../../cdk/local/clock.ts';
import { createLambda, type LocalLambda } from '../../cdk/local/lambda/index.ts';

const Failure = z.object({ errorType: z.string(), trace: z.array(z.string()) });
const folder = mkdtempSync(join(tmpdir(), 'jieli-traces-'));
const at = { region: 'us-east-1', accountId: '123456789012' };
let bundles: Bundles;
let lambda: LocalLambda;
let clock: ReturnType<typeof createClock>;

beforeAll(async () => {
  bundles = await bundleFunctions();
  clock = createClock({ file: join(folder, 'clock.json') });
  lambda = createLambda({ ...at, clock, dataDir: folder, endpointUrl: 'http://127.0.0.1:9' });
  lambda.deploy({
    name: 'open-task',
    arn: `arn:aws:lambda:${at.region}:${at.accountId}:function:open-task`,
    codeDir: bundles.directoryOf('open-task'),
    handler: 'index.handler',
    environment: { TABLE_NAME: 'jieli', DATA_KEY_ID: 'key' },
    timeoutSeconds: 10,
    memoryMb: 256,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test', sessionToken: 'test' },
  });
});
afterAll(async () => {
  await lambda.stop();
  clock.stop();
  bundles.dispose();
  rmSync(folder, { recursive: true, force: true });
});

it("an error in a deployed function tells the source's file and line, and the function's own name, though the bundle shortened both", async () => {
  const { payload, functionError } = await lambda.invoke('open-task', '{"no":"input"}');
  expect(functionError).toBe('Unhandled');
  const { errorType, trace } = Failure.parse(JSON.parse(payload));
  expect(errorType).toBe('ZodError');
  expect(trace.slice(1)).toContainEqual(
    expect.stringMatching(/^\s+at handler \(functions\/stages\/open-task\/handler\.ts:\d+:\d+\)$/),
  );
  expect(trace.join('\n')).not.toContain('index.mjs');
});

it('the log of the function has the same trace', async () => {
  const errors = (await lambda.logs('open-task')).map((entry) => JSON.stringify(entry));
  expect(errors).toContainEqual(
    expect.stringMatching(/"ERROR".*Invoke Error.*at handler \(functions\/stages\/open-task\/handler\.ts:/),
  );
});
