import { type Clock, type JsonService, ServiceError } from '../../types.ts';
import type { Engine } from '../running/engine.ts';
import type { Storage } from '../storage/index.ts';
import type { Home } from './arns.ts';
import * as executions from './executions.ts';
import { getExecutionHistory, listExecutions } from './listings.ts';
import * as machines from './machines.ts';
import { type Request, request } from './request.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';
import * as tasks from './tasks.ts';

interface Parts {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly engine: Engine;
  readonly home: Home;
}

/** The operations of the API by name, each from its JSON input to its JSON output. Dates are seconds since 1970. */
export function operations(parts: Parts): JsonService {
  const table: Record<string, (from: Request) => unknown> = {
    CreateStateMachine: (from) => machines.createStateMachine(parts, from),
    UpdateStateMachine: (from) => machines.updateStateMachine(parts, from),
    DescribeStateMachine: (from) => machines.describeStateMachine(parts, from),
    DescribeStateMachineForExecution: (from) => executions.describeStateMachineForExecution(parts, from),
    ListStateMachines: (from) => machines.listStateMachines(parts, from),
    DeleteStateMachine: (from) => machines.deleteStateMachine(parts, from),
    ValidateStateMachineDefinition: (from) => machines.validateStateMachineDefinition(parts, from),
    TagResource: (from) => tagResource(parts.storage, from),
    UntagResource: (from) => untagResource(parts.storage, from),
    ListTagsForResource: (from) => listTagsForResource(parts.storage, from),
    StartExecution: (from) => executions.startExecution(parts, from),
    StartSyncExecution: (from) => executions.startSyncExecution(parts, from),
    StopExecution: (from) => executions.stopExecution(parts, from),
    RedriveExecution: (from) => executions.redriveExecution(parts, from),
    DescribeExecution: (from) => executions.describeExecution(parts, from),
    ListExecutions: (from) => listExecutions(parts.storage, from),
    GetExecutionHistory: (from) => getExecutionHistory(parts.storage, from),
    SendTaskSuccess: (from) => tasks.sendTaskSuccess(parts, from),
    SendTaskFailure: (from) => tasks.sendTaskFailure(parts, from),
    SendTaskHeartbeat: (from) => tasks.sendTaskHeartbeat(parts, from),
  };
  return {
    async call(operation, input) {
      const act = Object.hasOwn(table, operation) ? table[operation] : undefined;
      if (act === undefined)
        throw new ServiceError('UnknownOperationException', `The operation ${operation} is not supported here`);
      const output = await act(request(input));
      // What a description read may not be on disk yet; nobody is told before it is.
      await parts.storage.database.durable();
      return output;
    },
  };
}
