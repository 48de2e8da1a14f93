import { isDeepStrictEqual } from 'node:util';
import { type Clock, type JsonService, type LambdaService, ServiceError } from '../types.ts';
import { machineArn } from './api/arns.ts';
import { KEPT } from './api/executions.ts';
import { operations } from './api/operations.ts';
import { DEFAULT_SETTINGS } from './api/settings.ts';
import { diagnose, invalidDefinition } from './definition/diagnose.ts';
import type { JsonObject } from './json.ts';
import { createEngine } from './running/engine.ts';
import type { Authorize } from './running/lambda-answer.ts';
import { executionOfToken } from './running/task-token.ts';
import { openStorage } from './storage/index.ts';

export interface StepFunctionsOptions {
  /** A folder of its own; made when it is not there. */
  dataDir: string;
  clock: Clock;
  lambda: LambdaService;
  region: string;
  accountId: string;
  /** Asked before a function is invoked for a state machine; throws ServiceError to deny. */
  authorize?: Authorize;
}

interface StateMachineDeployment {
  name: string;
  definition: string;
  roleArn: string;
  loggingConfiguration?: JsonObject;
  tracingConfiguration?: JsonObject;
}

export interface StepFunctions extends JsonService {
  /**
   * Creates or updates (by name) a state machine, as deployment does, and returns its ARN; the same again changes
   * nothing. Throws ServiceError InvalidDefinition.
   */
  deploy(machine: StateMachineDeployment): string;
  /** The ARN of the state machine that a task token is of; undefined for what is no token of ours. */
  machineOfToken(token: string): string | undefined;
  /** Goes on with everything that was under way. */
  start(): Promise<void>;
  /** Makes durable what was done and closes; calls in flight are repeated at the next start. */
  stop(): Promise<void>;
}

/** The Step Functions of the local cloud on one file of data. Nothing runs before {@link StepFunctions.start}. */
export function createStepFunctions({
  dataDir,
  clock,
  lambda,
  region,
  accountId,
  authorize,
}: StepFunctionsOptions): StepFunctions {
  const storage = openStorage(dataDir);
  const engine = createEngine({ storage, clock, lambda, region, accountId, authorize });
  const home = { region, accountId };
  const api = operations({ storage, clock, engine, home });

  let stopped = false;

  return {
    async call(operation, input) {
      if (stopped) throw new ServiceError('ServiceUnavailable', 'Step Functions has stopped', 503);
      return api.call(operation, input);
    },
    deploy({ name, definition, roleArn, loggingConfiguration, tracingConfiguration }) {
      const arn = machineArn(home, name);
      const settings: JsonObject = {
        ...DEFAULT_SETTINGS,
        ...(loggingConfiguration && { loggingConfiguration }),
        ...(tracingConfiguration && { tracingConfiguration }),
      };
      const existing = storage.machines.find(arn)?.revision;
      const next = { machine: arn, definition, roleArn, settings, created: clock.now() };
      const same =
        existing?.definition === definition &&
        existing.roleArn === roleArn &&
        isDeepStrictEqual(existing.settings, settings);
      if (same) return arn;
      const diagnostics = diagnose(definition, 'STANDARD');
      if (diagnostics.length > 0) throw new ServiceError('InvalidDefinition', invalidDefinition(diagnostics));
      storage.database.write(() => {
        if (existing === undefined) storage.machines.insert(name, next);
        else storage.machines.update({ ...next, uuid: crypto.randomUUID() });
      });
      return arn;
    },
    machineOfToken(token) {
      const execution = executionOfToken(token);
      return execution === undefined ? undefined : storage.executions.machineOf(execution);
    },
    async start() {
      storage.database.write(() => {
        for (const id of storage.executions.stoppedBefore(clock.now() - KEPT)) storage.executions.remove(id);
      });
      await engine.start();
    },
    async stop() {
      stopped = true;
      await engine.stop();
      storage.database.close();
    },
  };
}
