import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, type LocalClock } from '../../cdk/local/clock.ts';
import {
  answerInvoke,
  createLambda,
  type FunctionDefinition,
  invokedFunction,
  type LocalLambda,
} from '../../cdk/local/lambda/index.ts';

const minute = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'lambda-'));
const delivered: { arn: string; record: string }[] = [];
let refuseDelivery = false;
let clock: LocalClock;
let lambda: LocalLambda;

const start = (): void => {
  clock = createClock({ file: join(folder, 'clock.json') });
  lambda = createLambda({
    clock,
    dataDir: folder,
    region: 'eu-north-1',
    accountId: '000000000000',
    endpointUrl: 'http://localhost:4566',
    deliver: async (arn, record) => {
      if (refuseDelivery) throw new Error('the queue is away');
      delivered.push({ arn, record });
    },
  });
};

/** A place where functions wait for one another or for the test: each visit is answered once `everybody` is there. */
const meetingPlace = async (everybody: number): Promise<{ url: string; release: () => void; close: () => void }> => {
  const waiting: ServerResponse[] = [];
  const release = (): void => {
    for (const response of waiting.splice(0)) response.end();
  };
  const server = createServer((_, response) => {
    if (waiting.push(response) >= everybody) release();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    release,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

/** Writes `code` to a folder of its own. */
const codeIn = (name: string, file: string, code: string): string => {
  const codeDir = join(folder, 'code', `${name}-${Math.random()}`);
  mkdirSync(codeDir, { recursive: true });
  writeFileSync(join(codeDir, file), code);
  return codeDir;
};

/** Deploys `code` as a function of this name. */
const deploy = (name: string, code: string, more: Partial<FunctionDefinition> & { file?: string } = {}): void => {
  const { file = 'index.mjs', ...definition } = more;
  const codeDir = codeIn(name, file, code);
  lambda.deploy({
    name,
    arn: `arn:aws:lambda:eu-north-1:000000000000:function:${name}`,
    codeDir,
    handler: 'index.handler',
    environment: {},
    timeoutSeconds: 5,
    memoryMb: 256,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: `token-of-${name}` },
    ...definition,
  });
};

const call = async (name: string, event: unknown = {}): Promise<{ error?: string; value: unknown }> => {
  const { payload, functionError } = await lambda.invoke(name, JSON.stringify(event));
  return { ...(functionError === undefined ? {} : { error: functionError }), value: JSON.parse(payload) };
};

beforeAll(start);
afterAll(async () => {
  await lambda.stop();
  clock.stop();
  rmSync(folder, { recursive: true });
});

describe('a function on the local cloud', () => {
  it('gets its event and answers with what the handler returned', async () => {
    deploy('echo', 'export const handler = async (event) => ({ got: event });');
    expect(await call('echo', { mask: 95, 名: '口罩' })).toEqual({ value: { got: { mask: 95, 名: '口罩' } } });
    expect(await call('arn:aws:lambda:eu-north-1:000000000000:function:echo:$LATEST', 1)).toEqual({
      value: { got: 1 },
    });
  });

  it('runs other code from its next call on when its code is replaced, and what is under way ends as it began', async () => {
    const meeting = await meetingPlace(2);
    const source = (word: string) =>
      `export const handler = async (url) => { if (url) await fetch(url); return '${word}'; };`;
    const [first, second] = [codeIn('old', 'index.mjs', source('old')), codeIn('new', 'index.mjs', source('new'))];
    deploy('replaced', '', { codeDir: first });
    deploy('untouched', 'let calls = 0; export const handler = async () => ++calls;');
    expect(await call('untouched')).toEqual({ value: 1 });
    const underWay = call('replaced', meeting.url);
    lambda.replaceCode(first, second);
    expect(await call('replaced', null)).toEqual({ value: 'new' });
    await fetch(meeting.url);
    expect(await underWay).toEqual({ value: 'old' });
    // the others are not even started again
    expect(await call('untouched')).toEqual({ value: 2 });
    meeting.close();
  });

  it('answers null where the handler returned nothing', async () => {
    deploy('silent', 'export const handler = async () => {};');
    expect(await call('silent')).toEqual({ value: null });
  });

  it('runs CommonJS and nested exports as well', async () => {
    deploy('common', 'exports.api = { handler: async () => typeof module };', {
      file: 'index.js',
      handler: 'index.api.handler',
    });
    expect(await call('common')).toEqual({ value: 'object' });
  });

  it('runs a CommonJS bundle as such although a package.json above it says module', async () => {
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    deploy(
      'common-below-module',
      'const { join } = require("node:path"); exports.handler = async () => typeof module + join("a", "b");',
      { file: 'index.js' },
    );
    expect(await call('common-below-module')).toEqual({ value: 'objecta/b' });
  });

  it('is loaded once and keeps what it holds between events', async () => {
    deploy('warm', 'let loaded = 0, calls = 0; loaded += 1; export const handler = async () => [loaded, ++calls];');
    expect((await call('warm')).value).toEqual([1, 1]);
    expect((await call('warm')).value).toEqual([1, 2]);
    const described = lambda.describe().find(({ definition }) => definition.name === 'warm');
    expect(described).toMatchObject({ coldStarts: 1, invocations: 2, environments: 1, busy: 0 });
    const [second, first] = described?.recent ?? [];
    expect(first?.initMs).toBeGreaterThan(0);
    expect(first?.billedMs).toBe(Math.ceil((first?.durationMs ?? 0) + (first?.initMs ?? 0)));
    expect(second?.initMs).toBeUndefined();
  });

  it('sees the variables that Lambda sets, its own, and none of the machine', async () => {
    process.env.FROM_THE_MACHINE = 'leaked';
    deploy('env', 'export const handler = async () => process.env;', { environment: { TABLE: 'cases' } });
    const { value } = await call('env');
    delete process.env.FROM_THE_MACHINE;
    expect(value).toMatchObject({
      TABLE: 'cases',
      AWS_REGION: 'eu-north-1',
      AWS_LAMBDA_FUNCTION_NAME: 'env',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SESSION_TOKEN: 'token-of-env',
      AWS_ENDPOINT_URL: 'http://localhost:4566',
      _HANDLER: 'index.handler',
      TZ: ':UTC',
    });
    expect(value).not.toHaveProperty('FROM_THE_MACHINE');
  });

  it("gets Lambda's context, with the time that is left", async () => {
    deploy(
      'context',
      'export const handler = async (_, { getRemainingTimeInMillis, ...context }) => ({ ...context, left: getRemainingTimeInMillis() });',
    );
    const { value } = await call('context');
    expect(value).toMatchObject({
      functionName: 'context',
      functionVersion: '$LATEST',
      memoryLimitInMB: '256',
      invokedFunctionArn: 'arn:aws:lambda:eu-north-1:000000000000:function:context',
      logGroupName: '/aws/lambda/context',
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(value).toHaveProperty(
      'left',
      expect.toSatisfy((left: number) => left > 4_000 && left <= 5_000),
    );
  });

  it('reads the local clock, also after that was moved', async () => {
    deploy('date', 'export const handler = async () => Date.now();');
    await call('date');
    await clock.advance(21 * 24 * 60 * minute);
    expect(Math.abs(Number((await call('date')).value) - clock.now())).toBeLessThan(2_000);
  });

  it('lives in UTC wherever the machine is', async () => {
    const local = (file: string): string => JSON.stringify(new URL(`../../cdk/local/${file}`, import.meta.url).href);
    const home = mkdtempSync(join(folder, 'zone-'));
    writeFileSync(join(home, 'index.mjs'), 'export const handler = async () => new Date(2020, 0, 1).toISOString();');
    const script = `
      import { createClock } from ${local('clock.ts')};
      import { createLambda } from ${local('lambda/index.ts')};
      const home = ${JSON.stringify(home)};
      const clock = createClock({ file: home + '/clock.json' });
      const lambda = createLambda({ clock, dataDir: home, region: 'r', accountId: '0', endpointUrl: 'http://localhost' });
      lambda.deploy({
        name: 'zone', arn: 'zone', codeDir: home, handler: 'index.handler', environment: {}, timeoutSeconds: 5, memoryMb: 256,
        credentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' },
      });
      console.log((await lambda.invoke('zone', '{}')).payload);
      await lambda.stop();
      clock.stop();`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, TZ: 'Asia/Shanghai' },
    });
    expect(stdout.trim()).toBe('"2020-01-01T00:00:00.000Z"');
  });
});

describe('what goes wrong in a function', () => {
  it('is told with type, message and trace', async () => {
    deploy(
      'throws',
      'class Rejected extends Error { name = "Rejected" } export const handler = async () => { throw new Rejected("no budget"); };',
    );
    expect(await call('throws')).toEqual({
      error: 'Unhandled',
      value: {
        errorType: 'Rejected',
        errorMessage: 'no budget',
        trace: expect.arrayContaining([expect.stringContaining('no budget')]),
      },
    });
    deploy('throws-text', 'export const handler = async () => { throw "text"; };');
    expect((await call('throws-text')).value).toEqual({ errorType: 'string', errorMessage: 'text', trace: [] });
  });

  it('ends the environment when it takes longer than its timeout, even in a loop without end', async () => {
    deploy(
      'endless',
      'let calls = 0; export const handler = async (event) => { calls += 1; while (event.loop) {} return calls; };',
      {
        timeoutSeconds: 1,
      },
    );
    await call('endless');
    expect(await call('endless', { loop: true })).toEqual({
      error: 'Unhandled',
      value: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/),
      },
    });
    expect((await call('endless')).value).toBe(1);
  });

  it('ends it when buffers take more than the memory', async () => {
    deploy(
      'hungry',
      'const kept = []; export const handler = async () => { for (;;) { kept.push(Buffer.alloc(8e6, 1)); await new Promise((r) => setImmediate(r)); } };',
      { memoryMb: 128 },
    );
    expect(await call('hungry')).toEqual({
      error: 'Unhandled',
      value: { errorType: 'Runtime.OutOfMemory', errorMessage: expect.stringContaining('signal: killed') },
    });
    const [last] = lambda.describe().find(({ definition }) => definition.name === 'hungry')?.recent ?? [];
    expect(last?.maxMemoryMb).toBeGreaterThan(128);
  });

  it('ends it when an event takes more than the memory so quickly that nobody could look meanwhile', async () => {
    deploy(
      'quick',
      'let calls = 0, kept; export const handler = async ({ bytes }) => { calls += 1; if (bytes) kept = Buffer.allocUnsafe(bytes); return calls; };',
      { memoryMb: 128 },
    );
    await call('quick', {});
    expect((await call('quick', { bytes: 200e6 })).value).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
    expect((await call('quick', {})).value).toBe(1);
    deploy('loads', 'const kept = Buffer.alloc(200e6); export const handler = async () => kept.length;', {
      memoryMb: 128,
    });
    expect((await call('loads')).value).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
  });

  it('ends it when objects take more than the memory, without a turn of the event loop', async () => {
    deploy(
      'heap',
      'export const handler = async () => { const kept = []; for (;;) kept.push({ at: kept.length, of: [1, 2, 3] }); };',
      {
        memoryMb: 128,
        timeoutSeconds: 20,
      },
    );
    expect((await call('heap')).value).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
  });

  it('is an exit, a lost rejection or an uncaught error, and the next event gets a new environment', async () => {
    deploy(
      'crash',
      `let calls = 0;
       export const handler = async ({ how }) => {
         calls += 1;
         if (how === 'exit') process.exit(3);
         if (how === 'reject') { Promise.reject(new Error('lost')); await new Promise(() => {}); }
         if (how === 'throw') { setImmediate(() => { throw new Error('loose'); }); await new Promise(() => {}); }
         return calls;
       };`,
    );
    expect((await call('crash', { how: 'exit' })).value).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/Runtime exited with error: exit status 3$/),
    });
    expect((await call('crash', { how: 'reject' })).value).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: lost',
    });
    expect((await call('crash', { how: 'throw' })).value).toMatchObject({ errorType: 'Error', errorMessage: 'loose' });
    expect((await call('crash')).value).toBe(1);
  });

  it('can be in loading it, which every event then hears', async () => {
    deploy('no-file', '', { handler: 'missing.handler' });
    expect((await call('no-file')).value).toMatchObject({ errorType: 'Runtime.ImportModuleError' });
    deploy('no-package', 'import "package-that-is-nowhere"; export const handler = async () => 1;');
    expect((await call('no-package')).value).toMatchObject({ errorType: 'Runtime.ImportModuleError' });
    mkdirSync(join(folder, 'node_modules', 'forgotten'), { recursive: true });
    writeFileSync(join(folder, 'node_modules', 'forgotten', 'index.js'), 'export const here = 1;');
    deploy('not-bundled', 'import { here } from "forgotten"; export const handler = async () => here;');
    expect((await call('not-bundled')).value).toMatchObject({
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Error: Cannot find package 'forgotten' in the bundle",
    });
    deploy('no-export', 'export const other = 1;');
    expect((await call('no-export')).value).toMatchObject({
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'index.handler is undefined or not exported',
    });
    deploy('no-syntax', 'export const handler = async () => {');
    expect((await call('no-syntax')).value).toMatchObject({ errorType: 'Runtime.UserCodeSyntaxError' });
    deploy('callback', 'export const handler = (event, context, callback) => callback(null, 1);');
    expect((await call('callback')).value).toMatchObject({ errorType: 'Runtime.CallbackHandlerDeprecated' });
    deploy('throws-loading', 'throw new Error("no table"); export const handler = async () => 1;');
    expect((await call('throws-loading')).value).toMatchObject({ errorType: 'Error', errorMessage: 'no table' });
    expect((await call('throws-loading')).value).toMatchObject({ errorType: 'Error', errorMessage: 'no table' });
  });

  it('can be an answer that is no JSON or larger than 6 MB', async () => {
    deploy('answers', 'export const handler = async ({ size }) => size ? "x".repeat(size) : { big: 1n };');
    expect((await call('answers')).value).toMatchObject({ errorType: 'Runtime.JSONStringifyError' });
    expect((await call('answers', { size: 6_300_000 })).value).toMatchObject({
      errorType: 'Function.ResponseSizeTooLarge',
    });
    const [last] = lambda.describe().find(({ definition }) => definition.name === 'answers')?.recent ?? [];
    expect(last).toMatchObject({ status: 'error', errorType: 'Function.ResponseSizeTooLarge' });
    expect((await call('answers', { size: 6_000_000 })).error).toBeUndefined();
  });
});

describe('what Lambda refuses', () => {
  it('is a function that does not exist, by its ARN', async () => {
    await expect(lambda.invoke('nobody', '{}')).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
      message: 'Function not found: arn:aws:lambda:eu-north-1:000000000000:function:nobody',
    });
    deploy('here', 'export const handler = async () => 1;');
    await expect(lambda.invoke('arn:aws:lambda:eu-north-1:999999999999:function:here', '{}')).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
    await expect(lambda.invoke('here:7', '{}')).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  it.each([
    ['a variable that is its own', { environment: { AWS_REGION: 'here' } }, 'AWS_REGION is reserved'],
    ['more than 4 KB of variables', { environment: { LONG: 'x'.repeat(4_096) } }, 'environment variables take'],
    ['a timeout over 15 minutes', { timeoutSeconds: 901 }, 'Timeout is 901'],
    ['less than 128 MB', { memoryMb: 64 }, 'MemorySize is 64'],
    ['three retries', { maxRetryAttempts: 3 }, 'MaximumRetryAttempts is 3'],
  ])('is a function with %s, at once and by name', (_, definition, why) => {
    expect(() => deploy('impossible', '', definition)).toThrow(why);
    expect(() => deploy('impossible', '', definition)).toThrow('impossible');
  });

  it('is an event over 6 MB, or over 1 MB where nobody waits, or no JSON', async () => {
    deploy('sizes', 'export const handler = async (event) => event.length;');
    const text = (bytes: number): string => JSON.stringify('x'.repeat(bytes - 2));
    const mebibyte = 1024 * 1024;
    expect((await lambda.invoke('sizes', text(6 * mebibyte))).payload).toBe(String(6 * mebibyte - 2));
    await expect(lambda.invoke('sizes', text(6 * mebibyte + 1))).rejects.toMatchObject({
      code: 'RequestTooLargeException',
      status: 413,
    });
    await expect(lambda.invokeAsync('sizes', text(mebibyte + 1))).rejects.toMatchObject({
      code: 'RequestTooLargeException',
    });
    await expect(lambda.invoke('sizes', '{"half":')).rejects.toMatchObject({ code: 'InvalidRequestContentException' });
  });

  it('is what is more at once than the reserved concurrency', async () => {
    const place = await meetingPlace(2);
    deploy('one', 'export const handler = async () => { await fetch(process.env.PLACE); return 1; };', {
      reservedConcurrency: 1,
      environment: { PLACE: place.url },
    });
    const first = call('one');
    await expect(lambda.invoke('one', '{}')).rejects.toMatchObject({
      code: 'TooManyRequestsException',
      status: 429,
      message: 'Rate Exceeded.',
      more: {
        fields: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
        headers: { 'retry-after': '1' },
      },
    });
    await fetch(place.url);
    expect((await first).value).toBe(1);
    place.close();
    expect(lambda.describe().find(({ definition }) => definition.name === 'one')).toMatchObject({ throttles: 1 });
    deploy('none', 'export const handler = async () => 1;', { reservedConcurrency: 0 });
    await expect(lambda.invoke('none', '{}')).rejects.toMatchObject({ code: 'TooManyRequestsException' });
  });
});

describe('environments', () => {
  it('are as many as there are events at once, with one event each at a time', async () => {
    const place = await meetingPlace(4);
    deploy(
      'together',
      `let inside = 0;
       export const handler = async () => { inside += 1; const seen = inside; await fetch(process.env.PLACE); inside -= 1; return seen; };`,
      { environment: { PLACE: place.url } },
    );
    const results = await Promise.all(Array.from({ length: 4 }, () => call('together')));
    place.close();
    expect(results.map(({ value }) => value)).toEqual([1, 1, 1, 1]);
    expect(lambda.describe().find(({ definition }) => definition.name === 'together')).toMatchObject({
      environments: 4,
      busy: 0,
    });
  });

  it('of a function that is replaced finish what they have, while the next event goes to the new one', async () => {
    const place = await meetingPlace(2);
    deploy('replaced', 'export const handler = async () => { await fetch(process.env.PLACE); return "old"; };', {
      environment: { PLACE: place.url },
    });
    const old = call('replaced');
    deploy('replaced', 'export const handler = async () => "new";');
    expect((await call('replaced')).value).toBe('new');
    await fetch(place.url);
    expect((await old).value).toBe('old');
    place.close();
  });

  it('make room for those of other functions when there are as many threads as there may be', async () => {
    const other = mkdtempSync(join(folder, 'small-'));
    const smallClock = createClock({ file: join(other, 'clock.json') });
    const all = lambda;
    lambda = createLambda({
      clock: smallClock,
      dataDir: other,
      region: 'eu-north-1',
      accountId: '000000000000',
      endpointUrl: 'http://localhost:4566',
      maxThreads: 2,
    });
    try {
      const started = async (): Promise<number> =>
        (await Promise.all(['a', 'b', 'c'].map((name) => lambda.logs(name))))
          .flat()
          .filter(({ message }) => message === 'loaded').length;
      for (const name of ['a', 'b', 'c'])
        deploy(name, 'console.log("loaded"); let calls = 0; export const handler = async () => ++calls;');
      expect((await call('a')).value).toBe(1);
      expect((await call('b')).value).toBe(1);
      expect((await call('c')).value).toBe(1);
      const threads = lambda.describe().map(({ environments }) => environments);
      expect(threads.reduce((sum, count) => sum + count, 0)).toBe(2);
      expect((await call('a')).value).toBe(1);
      expect(lambda.describe().reduce((sum, { coldStarts }) => sum + coldStarts, 0)).toBe(4);
      expect(await started()).toBe(4);
    } finally {
      await lambda.stop();
      smallClock.stop();
      lambda = all;
    }
  });
});

describe('asynchronous events', () => {
  const failing =
    'let calls = 0; export const handler = async () => { console.log("try", ++calls); throw new Error("away"); };';
  const tries = async (name: string): Promise<number> =>
    (await lambda.logs(name)).filter(({ message }) => String(message).startsWith('try')).length;

  it('are tried again after one and after two minutes, then reported to the destination', async () => {
    const queue = 'arn:aws:sqs:eu-north-1:000000000000:lost';
    deploy('fails', failing, { onFailureDestinationArn: queue });
    await lambda.invokeAsync('fails', '{"case":"n-1"}');
    await clock.settled();
    expect(await tries('fails')).toBe(1);
    await clock.advance(59_000);
    expect(await tries('fails')).toBe(1);
    await clock.advance(2_000);
    expect(await tries('fails')).toBe(2);
    expect(delivered).toEqual([]);
    refuseDelivery = true;
    await clock.advance(2 * minute);
    refuseDelivery = false;
    expect(await tries('fails')).toBe(3);
    expect(delivered).toEqual([]);
    await clock.advance(2 * minute);
    expect(await tries('fails')).toBe(3);
    expect(delivered.map(({ arn }) => arn)).toEqual([queue]);
    expect(JSON.parse(delivered[0]?.record ?? '')).toMatchObject({
      version: '1.0',
      requestContext: {
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
        functionArn: 'arn:aws:lambda:eu-north-1:000000000000:function:fails:$LATEST',
      },
      requestPayload: { case: 'n-1' },
      responseContext: { statusCode: 200, functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: 'away' },
    });
  });

  it('wait one minute before the second attempt and two before the third', async () => {
    deploy('paced', failing);
    const before = clock.now();
    await lambda.invokeAsync('paced', '{}');
    await clock.advance(10 * minute);
    const times = (await lambda.logs('paced'))
      .filter(({ message }) => String(message).startsWith('try'))
      .map(({ time }) => Math.round((Date.parse(time) - before) / minute));
    expect(times).toEqual([0, 1, 3]);
  });

  it('keep their request id through the retries, and are tried as often as the function says', async () => {
    deploy('fails-once', failing, { maxRetryAttempts: 1 });
    await lambda.invokeAsync('fails-once', '{}');
    await clock.advance(10 * minute);
    const [call] = lambda.describe().find(({ definition }) => definition.name === 'fails-once')?.recent ?? [];
    expect(await tries('fails-once')).toBe(2);
    expect(
      (await lambda.logs('fails-once', { requestId: call?.requestId ?? '' })).filter(({ message }) =>
        String(message).startsWith('try'),
      ),
    ).toHaveLength(2);
  });

  it('wait while the function has no room, and are given up when too old', async () => {
    delivered.length = 0;
    const queue = 'arn:aws:sqs:eu-north-1:000000000000:old';
    deploy('closed', 'export const handler = async () => 1;', {
      reservedConcurrency: 0,
      maxEventAgeSeconds: 600,
      onFailureDestinationArn: queue,
    });
    await lambda.invokeAsync('closed', '{}');
    await clock.advance(9 * minute);
    expect(delivered).toEqual([]);
    await clock.advance(10 * minute);
    expect(JSON.parse(delivered[0]?.record ?? '')).toMatchObject({
      requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 },
    });
  });

  it('are given again when the disk does not take what became of them', async () => {
    deploy('ok', 'export const handler = async () => console.log("try");');
    await lambda.invokeAsync('ok', '{}');
    const other = new DatabaseSync(join(folder, 'lambda', 'events.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    await clock.settled();
    other.exec('ROLLBACK');
    other.close();
    expect(await tries('ok')).toBe(1);
    await clock.advance(10 * minute);
    expect(await tries('ok')).toBe(2);
  });

  it('do not keep a stop waiting while their function loads without end', async () => {
    deploy(
      'never-loaded',
      'setInterval(() => {}, 1_000); await new Promise(() => {}); export const handler = async () => 1;',
      {
        timeoutSeconds: 900,
      },
    );
    await lambda.invokeAsync('never-loaded', '{}');
    await expect.poll(() => clock.underWay().length).toBeGreaterThan(0);
    await lambda.stop();
    clock.stop();
    start();
  }, 8_000);

  it('that were accepted outlive a restart', async () => {
    const code =
      'let calls = 0; export const handler = async () => { console.log("try", ++calls); throw new Error("away"); };';
    deploy('survivor', code);
    await lambda.invokeAsync('survivor', '{}');
    await lambda.stop();
    clock.stop();
    start();
    await clock.advance(minute);
    deploy('survivor', code);
    await clock.advance(10 * minute);
    expect(await tries('survivor')).toBe(3);
  });
});

describe('the log of a function', () => {
  it('has what it wrote, one entry each, with time, request and level, and the report of each call', async () => {
    deploy(
      'logs',
      `export const handler = async () => {
         console.log('plain %d', 7);
         console.error(new Error('bad'));
         console.log(JSON.stringify({ code: 'case-opened' }));
         process.stdout.write('raw\\n');
         return 1;
       };`,
    );
    await call('logs');
    const entries = await lambda.logs('logs');
    expect(entries.map(({ level, message }) => [level, message])).toEqual([
      ['INFO', 'plain 7'],
      ['ERROR', expect.stringContaining('Error: bad')],
      ['INFO', { code: 'case-opened' }],
      ['INFO', 'raw'],
      [
        'INFO',
        {
          type: 'platform.report',
          status: 'success',
          metrics: {
            durationMs: expect.any(Number),
            billedDurationMs: expect.any(Number),
            memorySizeMB: 256,
            maxMemoryUsedMB: expect.any(Number),
            initDurationMs: expect.any(Number),
          },
        },
      ],
    ]);
    expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(1);
    expect(Math.abs(Date.parse(entries[0]?.time ?? '') - clock.now())).toBeLessThan(10_000);
  });
});

describe("Lambda's Invoke over HTTP", () => {
  const post = (name: string, body: string, headers: Record<string, string> = {}) =>
    answerInvoke(lambda, name, headers, Buffer.from(body));

  it('finds the function and its qualifier in the address, and nothing in another one', () => {
    const arn = 'arn:aws:lambda:eu-north-1:000000000000:function:one';
    expect(invokedFunction(`/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`)).toBe(arn);
    expect(invokedFunction('/2015-03-31/functions/one/invocations?Qualifier=%24LATEST')).toBe('one:$LATEST');
    expect(invokedFunction('/2015-03-31/functions/one')).toBeUndefined();
  });

  it('speaks the headers and errors that the SDKs read', async () => {
    deploy(
      'over-http',
      'export const handler = async (event) => { if (event?.fail) throw new Error("no"); return event; };',
    );
    const good = await post('arn:aws:lambda:eu-north-1:000000000000:function:over-http', '{"a":1}', {
      'x-amz-log-type': 'Tail',
    });
    expect(good.status).toBe(200);
    expect(good.headers['x-amz-executed-version']).toBe('$LATEST');
    expect(good.headers).not.toHaveProperty('x-amz-function-error');
    expect(Buffer.from(good.headers['x-amz-log-result'] ?? '', 'base64').toString()).toContain('platform.report');
    expect(JSON.parse(good.body)).toEqual({ a: 1 });
    const bad = await post('over-http', '{"fail":true}');
    expect(bad.status).toBe(200);
    expect(bad.headers['x-amz-function-error']).toBe('Unhandled');
    expect(await post('over-http', '{}', { 'x-amz-invocation-type': 'Event' })).toMatchObject({ status: 202 });
    expect(await post('over-http', '{}', { 'x-amz-invocation-type': 'DryRun' })).toMatchObject({ status: 204 });
    await expect(post('over-http', '{}', { 'x-amz-invocation-type': 'Sometime' })).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining('[Event, RequestResponse, DryRun]'),
    });
    await expect(post('over-http', '{}', { 'x-amz-client-context': 'e30=' })).rejects.toThrow('ClientContext');
    await expect(post('nobody', '{}')).rejects.toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
    await expect(post('over-http', JSON.stringify('x'.repeat(6_300_000)))).rejects.toMatchObject({
      code: 'RequestTooLargeException',
      status: 413,
    });
    await clock.settled();
  });
});
