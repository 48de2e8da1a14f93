import { compileScalar, compileTemplate, type Scalar, type Template } from '../expressions/template.ts';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../json.ts';
import { longNumbers } from '../payload.ts';
import type { Catcher, Choice, Flow, Handlers, MachineProgram, Program, Retrier, State } from './program.ts';
import { parseResource } from './resource.ts';

/** Compiles a definition that has passed validation. Throws Error when it has not. */
export function compileDefinition(definition: string): MachineProgram {
  return { ...compileProgram(object(parseJson(definition), 'definition')), longs: longNumbers(definition) };
}

function compileProgram(machine: JsonObject): Program {
  const states = new Map<string, State>();
  for (const [name, raw] of Object.entries(object(machine.States, 'States'))) {
    states.set(name, compileState(name, object(raw, name)));
  }
  const timeout = machine.TimeoutSeconds;
  return {
    startAt: text(machine.StartAt, 'StartAt'),
    states,
    ...(typeof timeout === 'number' && { timeoutSeconds: timeout }),
  };
}

function compileState(name: string, raw: JsonObject): State {
  const type = raw.Type;
  switch (type) {
    case 'Pass':
    case 'Succeed':
      return { type, name, ...flow(raw, '') };
    case 'Fail':
      return { type, name, ...scalarField(raw, 'Error', 'error'), ...scalarField(raw, 'Cause', 'cause') };
    case 'Wait':
      return {
        type,
        name,
        ...flow(raw, ''),
        ...scalarField(raw, 'Seconds', 'seconds'),
        ...scalarField(raw, 'Timestamp', 'timestamp'),
      };
    case 'Choice':
      return {
        type,
        name,
        ...flow(raw, ''),
        choices: list(raw.Choices, 'Choices').map(choice),
        ...(typeof raw.Default === 'string' && { default: raw.Default }),
      };
    case 'Task': {
      const resource = parseResource(text(raw.Resource, 'Resource'));
      if (resource === undefined) throw new Error(`State '${name}' has a Resource that is not supported`);
      return {
        type,
        name,
        resource,
        ...flow(raw, ''),
        ...handlers(raw),
        ...templateField(raw, 'Arguments', 'arguments'),
        ...scalarField(raw, 'TimeoutSeconds', 'timeout'),
        ...scalarField(raw, 'HeartbeatSeconds', 'heartbeat'),
      };
    }
    case 'Parallel':
      return {
        type,
        name,
        ...flow(raw, ''),
        ...handlers(raw),
        ...templateField(raw, 'Arguments', 'arguments'),
        branches: list(raw.Branches, 'Branches').map((branch) => compileProgram(object(branch, 'Branches'))),
      };
    case 'Map':
      return {
        type,
        name,
        ...flow(raw, ''),
        ...handlers(raw),
        ...templateField(raw, 'Items', 'items'),
        ...templateField(raw, 'ItemSelector', 'selector'),
        concurrency: compileScalar(raw.MaxConcurrency ?? 0, 'MaxConcurrency'),
        ...scalarField(raw, 'ToleratedFailureCount', 'toleratedCount'),
        ...scalarField(raw, 'ToleratedFailurePercentage', 'toleratedPercentage'),
        processor: compileProgram(object(raw.ItemProcessor, 'ItemProcessor')),
      };
    default:
      throw new Error(`State '${name}' is of no known type`);
  }
}

/** Next, Assign and Output, which most states, a Choice's rules and catchers have. */
function flow(raw: JsonObject, within: string): Flow {
  return {
    ...(typeof raw.Next === 'string' && { next: raw.Next }),
    ...templateField(raw, 'Assign', 'assign', within),
    ...templateField(raw, 'Output', 'output', within),
  };
}

function choice(raw: Json, index: number): Choice {
  const within = `Choices[${index}]/`;
  const rule = object(raw, within);
  return {
    ...flow(rule, within),
    next: text(rule.Next, 'Next'),
    condition: compileScalar(rule.Condition ?? null, `${within}Condition`),
  };
}

function handlers(raw: JsonObject): Handlers {
  return {
    retry: list(raw.Retry ?? [], 'Retry').map(retrier),
    catch: list(raw.Catch ?? [], 'Catch').map(catcher),
  };
}

function retrier(raw: Json, index: number): Retrier {
  const within = `Retry[${index}]`;
  const rule = object(raw, within);
  return {
    errors: list(rule.ErrorEquals, within).map((error) => text(error, within)),
    interval: compileScalar(rule.IntervalSeconds ?? 1, `${within}/IntervalSeconds`),
    attempts: compileScalar(rule.MaxAttempts ?? 3, `${within}/MaxAttempts`),
    backoff: compileScalar(rule.BackoffRate ?? 2, `${within}/BackoffRate`),
    ...(rule.MaxDelaySeconds !== undefined && {
      longest: compileScalar(rule.MaxDelaySeconds, `${within}/MaxDelaySeconds`),
    }),
    jitter: rule.JitterStrategy === 'FULL',
  };
}

function catcher(raw: Json, index: number): Catcher {
  const within = `Catch[${index}]`;
  const rule = object(raw, within);
  return {
    ...flow(rule, `${within}/`),
    next: text(rule.Next, within),
    errors: list(rule.ErrorEquals, within).map((error) => text(error, within)),
  };
}

function templateField<K extends string>(
  raw: JsonObject,
  field: string,
  key: K,
  within = '',
): Partial<Record<K, Template>> {
  const value = raw[field];
  return value === undefined ? {} : record(key, compileTemplate(value, within + field));
}

function scalarField<K extends string>(raw: JsonObject, field: string, key: K): Partial<Record<K, Scalar>> {
  const value = raw[field];
  return value === undefined ? {} : record(key, compileScalar(value, field));
}

function record<K extends string, V>(key: K, value: V): Partial<Record<K, V>> {
  const out: Partial<Record<K, V>> = {};
  out[key] = value;
  return out;
}

function object(value: Json | undefined, what: string): JsonObject {
  if (!isJsonObject(value)) throw new Error(`${what} must be an object`);
  return value;
}

function list(value: Json | undefined, what: string): Json[] {
  if (!Array.isArray(value)) throw new Error(`${what} must be an array`);
  return value;
}

function text(value: Json | undefined, what: string): string {
  if (typeof value !== 'string') throw new Error(`${what} must be a string`);
  return value;
}
