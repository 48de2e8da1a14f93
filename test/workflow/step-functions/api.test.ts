import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  type LoggingConfiguration,
  paginateGetExecutionHistory,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepFunctionsServer } from '../../../cdk/local/step-functions/http-server.ts';
import { openRuntime, ROLE, type Runtime } from './runtime.ts';

const definition = (states: object) =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states });
const wait = definition({ W: { Type: 'Wait', Seconds: 1000, End: true } });
const pass = definition({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', End: true } });

describe('the API, spoken by the AWS SDK', () => {
  let runtime: Runtime;
  let server: Server;
  let sfn: SFNClient;
  let machines = 0;
  beforeAll(async () => {
    runtime = await openRuntime();
    server = stepFunctionsServer({ call: (operation, input) => runtime.service.call(operation, input) });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port }: AddressInfo = JSON.parse(JSON.stringify(server.address()));
    sfn = new SFNClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  });
  afterAll(async () => {
    sfn.destroy();
    server.close();
    await runtime.close();
  });
  const create = async (text: string): Promise<string> => {
    machines += 1;
    const { stateMachineArn = '' } = await sfn.send(
      new CreateStateMachineCommand({ name: `api-${machines}`, definition: text, roleArn: ROLE }),
    );
    return stateMachineArn;
  };

  it('describes a machine as it was made, with the settings AWS would give it', async () => {
    const stateMachineArn = await create(pass);
    const { $metadata, ...described } = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(described).toEqual({
      stateMachineArn,
      name: stateMachineArn.split(':').at(-1),
      status: 'ACTIVE',
      type: 'STANDARD',
      definition: pass,
      roleArn: ROLE,
      creationDate: expect.any(Date),
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    });
  });

  it('tells which variables each state reads: those the machine assigns, wherever a state or its rules read them', async () => {
    const stateMachineArn = await create(
      definition({
        Start: { Type: 'Pass', Assign: { rows: [1, 2], limit: 3, name: 'a', unread: 0 }, Next: 'Decide' },
        Decide: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $count($rows) > $limit %}', Assign: { name: '{% $name & "!" %}' }, Next: 'Each' }],
          Default: 'Each',
        },
        Each: {
          Type: 'Map',
          Items: '{% $rows %}',
          ItemProcessor: {
            StartAt: 'Row',
            States: {
              Row: { Type: 'Pass', Output: { $name: '$name', of: '{% $states.input * $limit %}' }, End: true },
            },
          },
          Next: 'Own names',
        },
        'Own names': {
          Type: 'Pass',
          Output: {
            bound:
              '{% ($limit := 1; $again := function($name) { $name > $limit ? $again($name - $limit) : 0 }; $again(5)) %}',
            before: '{% $map([1], function($name) { $name }) ~> $append([($rows := $sum($rows); $rows)]) %}',
          },
          Next: 'None',
        },
        None: { Type: 'Pass', Output: '{% $uppercase("a") & $states.input.limit.name %}', End: true },
      }),
    );
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
    const read = { Decide: ['limit', 'name', 'rows'], Each: ['rows'], 'Own names': ['rows'], Row: ['limit'] };
    const machine = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    const started = await sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect([machine.variableReferences, started.variableReferences]).toEqual([read, read]);
    const includedData = 'METADATA_ONLY';
    const bare = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn, includedData }));
    expect(bare).not.toHaveProperty('variableReferences');
  });

  it('takes a logging configuration that names one destination, or logs nothing', async () => {
    const destination = (name: string) => ({
      cloudWatchLogsLogGroup: { logGroupArn: `arn:aws:logs:us-east-1:111111111111:log-group:${name}:*` },
    });
    const stateMachineArn = await create(pass);
    const configured = async (loggingConfiguration: LoggingConfiguration) => {
      await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, loggingConfiguration }));
      return (await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).loggingConfiguration;
    };
    const off = { level: 'OFF', includeExecutionData: false };
    expect(await configured({})).toEqual(off);
    expect(await configured({ destinations: [] })).toEqual({ ...off, destinations: [] });
    const one = { level: 'FATAL' as const, includeExecutionData: true, destinations: [destination('a')] };
    expect(await configured(one)).toEqual(one);
    const refused = {
      name: 'InvalidLoggingConfiguration',
      message: 'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    };
    await expect(configured({ level: 'ALL' })).rejects.toMatchObject(refused);
    await expect(configured({ ...one, destinations: [destination('a'), destination('b')] })).rejects.toMatchObject(
      refused,
    );
    const input = { name: 'logs', definition: pass, roleArn: ROLE, loggingConfiguration: { level: 'ERROR' as const } };
    await expect(sfn.send(new CreateStateMachineCommand(input))).rejects.toMatchObject(refused);
  });

  it('creates the same machine twice as one, and refuses another under its name', async () => {
    const input = { name: 'same', definition: pass, roleArn: ROLE };
    const first = await sfn.send(new CreateStateMachineCommand(input));
    const { stateMachineArn } = await sfn.send(new CreateStateMachineCommand(input));
    expect(stateMachineArn).toBe(first.stateMachineArn);
    await expect(sfn.send(new CreateStateMachineCommand({ ...input, definition: wait }))).rejects.toMatchObject({
      name: 'StateMachineAlreadyExists',
      message: `State Machine Already Exists: '${stateMachineArn}'`,
    });
  });

  it('updates a machine for new executions; those that run keep the definition they were started with', async () => {
    const stateMachineArn = await create(wait);
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
    const { revisionId } = await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: pass }));
    expect(revisionId).toMatch(/^[0-9a-f-]{36}$/);
    expect((await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: pass }))).revisionId).toBe(
      revisionId,
    );
    expect((await sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }))).definition).toBe(wait);
    expect((await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).revisionId).toBe(revisionId);
    await expect(sfn.send(new UpdateStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'MissingRequiredParameter',
    });
  });

  it('starts an execution once for one name and input while it runs, and refuses the name otherwise', async () => {
    const stateMachineArn = await create(wait);
    const start = { stateMachineArn, name: 'case-1', input: '{"a":1}' };
    const [first, second] = await Promise.all([
      sfn.send(new StartExecutionCommand(start)),
      sfn.send(new StartExecutionCommand(start)),
    ]);
    expect(second).toMatchObject({ executionArn: first.executionArn, startDate: first.startDate });
    const taken = { name: 'ExecutionAlreadyExists', message: `Execution Already Exists: '${first.executionArn}'` };
    await expect(sfn.send(new StartExecutionCommand({ ...start, input: '{"a":2}' }))).rejects.toMatchObject(taken);
    await sfn.send(new StopExecutionCommand({ executionArn: first.executionArn, error: 'E', cause: 'C' }));
    await expect(sfn.send(new StartExecutionCommand(start))).rejects.toMatchObject(taken);
    expect(await sfn.send(new DescribeExecutionCommand({ executionArn: first.executionArn }))).toMatchObject({
      status: 'ABORTED',
      error: 'E',
      cause: 'C',
      stopDate: expect.any(Date),
      redriveStatus: 'REDRIVABLE',
    });
  });

  it('frees the name of an execution 90 days after it ended', async () => {
    const stateMachineArn = await create(pass);
    await sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'again' }));
    await runtime.clock.advance(91 * 86_400_000);
    await sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'again', input: '"second"' }));
    await runtime.clock.settled();
    expect(await sfn.send(new ListExecutionsCommand({ stateMachineArn }))).toMatchObject({
      executions: [{ name: 'again', status: 'SUCCEEDED' }],
    });
  });

  it('pages through a history in either order', async () => {
    const stateMachineArn = await create(pass);
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
    await runtime.clock.settled();
    for (const reverseOrder of [false, true]) {
      const ids: (number | undefined)[] = [];
      for await (const page of paginateGetExecutionHistory(
        { client: sfn, pageSize: 2 },
        { executionArn, reverseOrder },
      )) {
        expect(page.events?.length).toBeLessThanOrEqual(2);
        ids.push(...(page.events ?? []).map(({ id }) => id));
      }
      expect(ids).toEqual(reverseOrder ? [6, 5, 4, 3, 2, 1] : [1, 2, 3, 4, 5, 6]);
    }
    const { events = [] } = await sfn.send(
      new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false, maxResults: 1 }),
    );
    expect(events[0]).toMatchObject({ timestamp: expect.any(Date), executionStartedEventDetails: { roleArn: ROLE } });
    expect(events[0]?.executionStartedEventDetails?.input).toBeUndefined();
  });

  it('lists executions latest first, by status, page by page', async () => {
    const stateMachineArn = await create(pass);
    for (let i = 0; i < 5; i++) {
      await sfn.send(new StartExecutionCommand({ stateMachineArn, name: `e${i}` }));
      await runtime.clock.advance(1000);
    }
    const names: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await sfn.send(
        new ListExecutionsCommand({
          stateMachineArn,
          maxResults: 2,
          statusFilter: 'SUCCEEDED',
          ...(nextToken && { nextToken }),
        }),
      );
      names.push(...(page.executions ?? []).map(({ name }) => name));
      nextToken = page.nextToken;
    } while (nextToken);
    expect(names).toEqual(['e4', 'e3', 'e2', 'e1', 'e0']);
    expect(
      (await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }))).executions,
    ).toEqual([]);
  });

  it('lists machines by name and page', async () => {
    const found: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await sfn.send(new ListStateMachinesCommand({ maxResults: 3, ...(nextToken && { nextToken }) }));
      found.push(...(page.stateMachines ?? []).map(({ name = '' }) => name));
      nextToken = page.nextToken;
    } while (nextToken);
    expect(found).toEqual([...found].sort());
    expect(new Set(found).size).toBe(found.length);
    expect(found).toContain('same');
  });

  it('deletes a machine at once when nothing of it runs, and else when the last execution has ended', async () => {
    const stateMachineArn = await create(wait);
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
    await sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
    expect((await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).status).toBe('DELETING');
    await expect(sfn.send(new StartExecutionCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'StateMachineDeleting',
    });
    await sfn.send(new StopExecutionCommand({ executionArn }));
    await expect(sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
    await sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
  });

  it('says whether a definition is valid without making a machine', async () => {
    expect(await sfn.send(new ValidateStateMachineDefinitionCommand({ definition: pass }))).toMatchObject({
      result: 'OK',
      diagnostics: [],
    });
    expect(await sfn.send(new ValidateStateMachineDefinitionCommand({ definition: '{}' }))).toMatchObject({
      result: 'FAIL',
      diagnostics: [
        {
          severity: 'ERROR',
          code: 'SCHEMA_VALIDATION_FAILED',
          location: '/',
          message: 'These fields are required: [States, StartAt]',
        },
      ],
    });
  });

  it.each([
    [
      'an execution that is not there',
      new DescribeExecutionCommand({ executionArn: 'arn:aws:states:us-east-1:111111111111:execution:m:x' }),
      'ExecutionDoesNotExist',
      "Execution Does Not Exist: 'arn:aws:states:us-east-1:111111111111:execution:m:x'",
    ],
    [
      'what is no ARN',
      new DescribeExecutionCommand({ executionArn: 'nonsense' }),
      'InvalidArn',
      "Invalid Arn: 'Invalid ARN prefix: nonsense'",
    ],
    [
      'the ARN of something else',
      new DescribeExecutionCommand({ executionArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:m' }),
      'InvalidArn',
      "Invalid Arn: 'Resource type not valid in this context: stateMachine'",
    ],
    [
      'a machine that is not there',
      new ListExecutionsCommand({ stateMachineArn: 'arn:nothing' }),
      'StateMachineDoesNotExist',
      "State Machine Does Not Exist: 'arn:nothing'",
    ],
    [
      'a listing of nothing',
      new ListExecutionsCommand({}),
      'ValidationException',
      'Must provide a State Machine ARN or Map Run ARN',
    ],
    [
      'the run of a distributed Map, of which there are none',
      new ListExecutionsCommand({ mapRunArn: 'arn:aws:states:us-east-1:111111111111:mapRun:m/M:1' }),
      'ResourceNotFound',
      "Resource not found: 'arn:aws:states:us-east-1:111111111111:mapRun:m/M:1'",
    ],
    [
      'too large a page',
      new ListStateMachinesCommand({ maxResults: 1001 }),
      'ValidationException',
      "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
    ],
    [
      'an empty page token',
      new ListStateMachinesCommand({ nextToken: '' }),
      'ValidationException',
      "1 validation error detected: Value '' at 'nextToken' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'a page token that is none',
      new ListStateMachinesCommand({ nextToken: 'x' }),
      'InvalidToken',
      "Invalid Token: 'Invalid token'",
    ],
    [
      'a token that is none',
      new SendTaskSuccessCommand({ taskToken: 'x', output: '1' }),
      'InvalidToken',
      "Invalid Token: 'Invalid token'",
    ],
    [
      'a name with a space',
      new CreateStateMachineCommand({ name: 'a b', definition: pass, roleArn: ROLE }),
      'InvalidName',
      "Invalid Name: 'a b'",
    ],
    [
      'a role that is none',
      new CreateStateMachineCommand({ name: 'no-role', definition: pass, roleArn: '<execution-role-arn>' }),
      'InvalidArn',
      "Invalid Role Arn: '<execution-role-arn>'",
    ],
    [
      'a policy in the place of a role',
      new CreateStateMachineCommand({ name: 'no-role', definition: pass, roleArn: 'arn:aws:iam::aws:policy/Any' }),
      'InvalidArn',
      "Invalid Role Arn: 'arn:aws:iam::aws:policy/Any'",
    ],
    [
      'a name that is too long',
      new CreateStateMachineCommand({ name: 'n'.repeat(81), definition: pass, roleArn: ROLE }),
      'ValidationException',
      `1 validation error detected: Value '${'n'.repeat(81)}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 80`,
    ],
    [
      'a status it does not know',
      new ListExecutionsCommand({ stateMachineArn: 'arn:nothing', statusFilter: Object('succeeded').toString() }),
      'ValidationException',
      "1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
    ],
    [
      'more findings than a validation gives',
      new ValidateStateMachineDefinitionCommand({ definition: pass, maxResults: 101 }),
      'ValidationException',
      "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
    ],
    [
      'no tags where tags are to be added',
      new TagResourceCommand({ resourceArn: 'arn:nothing', tags: undefined }),
      'ValidationException',
      "1 validation error detected: Value null at 'tags' failed to satisfy constraint: Member must not be null",
    ],
    [
      'more tags than a machine may have',
      new CreateStateMachineCommand({
        name: 'tags',
        definition: pass,
        roleArn: ROLE,
        tags: Array.from({ length: 51 }, (_, index) => ({ key: `${index}`, value: '' })),
      }),
      'TooManyTags',
      'A resource may have no more than 50 tags',
    ],
    [
      'an operation that is not supported, by its name',
      new ListActivitiesCommand({}),
      'UnknownOperationException',
      'The operation ListActivities is not supported here',
    ],
  ])('refuses %s as AWS does', async (_, command, name, message) => {
    await expect(sfn.send(Object(command))).rejects.toMatchObject({ name, message });
  });

  it('answers a waiting task with success, failure and heartbeats', async () => {
    const ask = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}' } },
      HeartbeatSeconds: 60,
      End: true,
    };
    const stateMachineArn = await create(definition({ T: ask }));
    const started = async () => {
      const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
      await runtime.clock.settled();
      return { executionArn, taskToken: String(runtime.calls.at(-1)?.token) };
    };
    const [good, bad] = [await started(), await started()];
    await runtime.clock.advance(50_000);
    for (const { taskToken } of [good, bad]) await sfn.send(new SendTaskHeartbeatCommand({ taskToken }));
    await runtime.clock.advance(50_000);
    await sfn.send(new SendTaskSuccessCommand({ taskToken: good.taskToken, output: '{"ok":true}' }));
    await sfn.send(new SendTaskFailureCommand({ taskToken: bad.taskToken, error: 'E', cause: 'C' }));
    const outcome = ({ executionArn }: typeof good) => sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(await outcome(good)).toMatchObject({ status: 'SUCCEEDED', output: '{"ok":true}' });
    expect(await outcome(bad)).toMatchObject({ status: 'FAILED', error: 'E', cause: 'C' });
    const { redriveDate } = await sfn.send(new RedriveExecutionCommand({ executionArn: bad.executionArn }));
    expect(redriveDate).toBeInstanceOf(Date);
    await runtime.clock.settled();
    await sfn.send(new SendTaskSuccessCommand({ taskToken: String(runtime.calls.at(-1)?.token), output: '1' }));
    expect(await outcome(bad)).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1, redriveDate });
    const redriven = async (redriveFilter: 'REDRIVEN' | 'NOT_REDRIVEN') =>
      (await sfn.send(new ListExecutionsCommand({ stateMachineArn, redriveFilter }))).executions?.map(
        ({ executionArn }) => executionArn,
      );
    expect(await redriven('REDRIVEN')).toEqual([bad.executionArn]);
    expect(await redriven('NOT_REDRIVEN')).toEqual([good.executionArn]);
  });

  it('keeps the tags of a machine as long as the machine', async () => {
    const { stateMachineArn: resourceArn = '' } = await sfn.send(
      new CreateStateMachineCommand({
        name: 'tagged',
        definition: pass,
        roleArn: ROLE,
        tags: [{ key: 'hub', value: 'one' }],
      }),
    );
    await sfn.send(
      new TagResourceCommand({
        resourceArn,
        tags: [
          { key: 'hub', value: 'two' },
          { key: 'empty', value: '' },
          { key: 'gone', value: '1' },
        ],
      }),
    );
    await sfn.send(new UntagResourceCommand({ resourceArn, tagKeys: ['gone', 'never'] }));
    expect((await sfn.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual([
      { key: 'hub', value: 'two' },
      { key: 'empty', value: '' },
    ]);
    await sfn.send(new DeleteStateMachineCommand({ stateMachineArn: resourceArn }));
    await expect(sfn.send(new ListTagsForResourceCommand({ resourceArn }))).rejects.toMatchObject({
      name: 'ResourceNotFound',
      message: `Resource not found: '${resourceArn}'`,
    });
  });

  it('tells metadata only when asked to', async () => {
    const stateMachineArn = await create(pass);
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{"a":1}' }));
    await runtime.clock.settled();
    const includedData = 'METADATA_ONLY';
    const execution = await sfn.send(new DescribeExecutionCommand({ executionArn, includedData }));
    expect(execution).toMatchObject({
      status: 'SUCCEEDED',
      inputDetails: { included: false },
      outputDetails: { included: false },
    });
    expect([execution.input, execution.output]).toEqual([undefined, undefined]);
    expect((await sfn.send(new DescribeStateMachineCommand({ stateMachineArn, includedData }))).definition).toBe('{}');
  });

  it('refuses to run a standard machine as an express one, and to make versions, by name', async () => {
    const stateMachineArn = await create(pass);
    // The SDK would put `sync-` before the host of the endpoint.
    await expect(runtime.call('StartSyncExecution', { stateMachineArn })).rejects.toMatchObject({
      code: 'StateMachineTypeNotSupported',
      message: 'This operation is not supported by this type of state machine',
    });
    await expect(
      sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: wait, publish: true })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(
      sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: wait, versionDescription: 'second' })),
    ).rejects.toMatchObject({ message: 'Version description can only be set when publish is true' });
  });

  it('refuses input that is no JSON, in the words of AWS, or more than 256 KiB of it', async () => {
    const stateMachineArn = await create(pass);
    const start = (input: string) => sfn.send(new StartExecutionCommand({ stateMachineArn, input }));
    const invalid = (reason: string) => ({
      name: 'InvalidExecutionInput',
      message: `Invalid State Machine Execution Input: '${reason}'`,
    });
    await expect(start('not some json')).rejects.toMatchObject(
      invalid(
        "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      ),
    );
    await expect(start("{'not': 1}")).rejects.toMatchObject(
      invalid("Unexpected character (''' (code 39)): was expecting double-quote to start field name"),
    );
    await expect(start('')).rejects.toMatchObject(invalid('Invalid execution input.'));
    await expect(start(`"${'字'.repeat(87_381)}"`)).rejects.toMatchObject({ name: 'ValidationException' });
    await start(`"${'字'.repeat(87_380)}"`);
    for (const input of ['1', '"text"', 'null']) await start(input);
  });
});
