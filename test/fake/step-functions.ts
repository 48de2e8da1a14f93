import { SFNClient } from '@aws-sdk/client-sfn';
import { byKind, type Kind } from '../../shared/domain/ids.ts';
import { ServiceFault, serveJson } from './aws-json.ts';

/** Step Functions as the relay and the sweep see it: executions by name, and tokens that somebody waits with. */
export interface FakeStepFunctions {
  readonly client: SFNClient;
  /** the state machines' ARNs */
  readonly machines: Readonly<Record<Kind, string>>;
  readonly jobsMachine: string;
  /** executions by name, with what they were started with */
  readonly executions: Map<string, { machine: string; input: unknown; status: string }>;
  /** tokens that are waited with */
  readonly waiting: Set<string>;
  /** answers that were taken */
  readonly answers: { token: string; output: unknown }[];
  /** the next calls fail with this error, until it is taken away */
  fault: ServiceFault | undefined;
  stop(): Promise<void>;
}

const arnOf = (kind: string) => `arn:aws:states:local-1:000000000000:stateMachine:jieli-${kind}`;

export async function startStepFunctions(): Promise<FakeStepFunctions> {
  const state: Pick<FakeStepFunctions, 'executions' | 'waiting' | 'answers' | 'fault'> = {
    executions: new Map(),
    waiting: new Set(),
    answers: [],
    fault: undefined,
  };
  const service = await serveJson((operation, input) => {
    if (state.fault) throw state.fault;
    switch (operation) {
      case 'StartExecution': {
        const name = String(input.name);
        if (state.executions.has(name)) throw new ServiceFault('ExecutionAlreadyExists');
        state.executions.set(name, {
          machine: String(input.stateMachineArn),
          input: JSON.parse(String(input.input)),
          status: 'RUNNING',
        });
        return { executionArn: name, startDate: 1 };
      }
      case 'SendTaskSuccess': {
        const token = String(input.taskToken);
        if (!state.waiting.delete(token)) throw new ServiceFault('TaskTimedOut');
        state.answers.push({ token, output: JSON.parse(String(input.output)) });
        return {};
      }
      case 'DescribeExecution': {
        const name = String(input.executionArn).split(':').at(-1) ?? '';
        const found = state.executions.get(name);
        if (!found) throw new ServiceFault('ExecutionDoesNotExist');
        return {
          executionArn: input.executionArn,
          stateMachineArn: found.machine,
          status: found.status,
          startDate: 1,
        };
      }
      default:
        throw new ServiceFault('UnknownOperationException');
    }
  });
  const client = new SFNClient({
    endpoint: service.url,
    region: 'local-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return Object.assign(state, {
    client,
    machines: byKind(arnOf),
    jobsMachine: arnOf('jobs'),
    async stop() {
      client.destroy();
      await service.stop();
    },
  });
}
