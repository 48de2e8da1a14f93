import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Clock, ServiceError } from '../../types.ts';
import { diagnose, invalidDefinition } from '../definition/diagnose.ts';
import { variableReferences } from '../definition/variable-references.ts';
import type { Storage } from '../storage/index.ts';
import type { Machine, Revision } from '../storage/machines.ts';
import { checkArn, checkName, checkRole, type Home, LONGEST_NAME, machineArn } from './arns.ts';
import {
  metadataOnly,
  number,
  oneOf,
  optionalList,
  optionalString,
  pageSize,
  pageStart,
  pageToken,
  type Request,
  requiredString,
} from './request.ts';
import { DEFAULT_SETTINGS, hasSettings, settingsOf } from './settings.ts';
import { tagsOf } from './tags.ts';

export interface Machines {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly home: Home;
}

const LARGEST_DEFINITION = 1_048_576;

export function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}

/** Throws StateMachineDoesNotExist. */
export function machineOf(storage: Storage, arn: string): Machine {
  const machine = storage.machines.find(checkArn(arn, 'stateMachine'));
  if (machine === undefined)
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  return machine;
}

/** Throws StateMachineDeleting. */
export function notDeleting(machine: Machine): Machine {
  if (machine.status !== 'DELETING') return machine;
  throw new ServiceError('StateMachineDeleting', `State Machine is being deleted: '${machine.arn}'`);
}

function check(definition: string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): void {
  const diagnostics = diagnose(definition, type);
  if (diagnostics.length > 0) throw new ServiceError('InvalidDefinition', invalidDefinition(diagnostics));
}

function refuseVersions(from: Request): void {
  if (from.publish === true)
    throw new ServiceError('ValidationException', 'Versions of state machines are not supported here');
  if (typeof from.versionDescription === 'string')
    throw new ServiceError('ValidationException', 'Version description can only be set when publish is true');
}

/** Creating the same machine again is a success; the same name with anything else is StateMachineAlreadyExists. */
export async function createStateMachine({ storage, clock, home }: Machines, from: Request) {
  const name = checkName(requiredString(from, 'name', LONGEST_NAME));
  const definition = requiredString(from, 'definition', LARGEST_DEFINITION);
  const roleArn = checkRole(requiredString(from, 'roleArn', 256));
  const type = oneOf(from, 'type', ['STANDARD', 'EXPRESS']) ?? 'STANDARD';
  if (type === 'EXPRESS') {
    check(definition, type);
    throw new ServiceError('StateMachineTypeNotSupported', 'State machines of type EXPRESS are not supported here');
  }
  refuseVersions(from);
  const tags = tagsOf(optionalList(from, 'tags') ?? []);
  const settings = settingsOf(from, DEFAULT_SETTINGS);
  const arn = machineArn(home, name);
  const existing = storage.machines.find(arn);
  if (existing !== undefined) {
    const { revision } = notDeleting(existing);
    const same = revision.definition === definition && isDeepStrictEqual(revision.settings, settings);
    if (!same) throw new ServiceError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
    return { stateMachineArn: arn, creationDate: seconds(existing.created) };
  }
  check(definition);
  const created = clock.now();
  storage.database.write(() => {
    storage.machines.insert(name, { machine: arn, definition, roleArn, settings, created });
    if (Object.keys(tags).length > 0) storage.machines.setTags(arn, tags);
  });
  await storage.database.durable();
  return { stateMachineArn: arn, creationDate: seconds(created) };
}

/** Executions that run keep the definition they were started with. */
export async function updateStateMachine({ storage, clock }: Machines, from: Request) {
  const { arn, revision } = notDeleting(machineOf(storage, requiredString(from, 'stateMachineArn')));
  refuseVersions(from);
  const definition = optionalString(from, 'definition', LARGEST_DEFINITION);
  const roleArn = optionalString(from, 'roleArn', 256);
  const settings = settingsOf(from, revision.settings);
  if (definition === undefined && roleArn === undefined && !hasSettings(from)) {
    throw new ServiceError(
      'MissingRequiredParameter',
      'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    );
  }
  if (definition !== undefined) check(definition);
  if (roleArn !== undefined) checkRole(roleArn);
  const next = { definition: definition ?? revision.definition, roleArn: roleArn ?? revision.roleArn, settings };
  const same =
    next.definition === revision.definition &&
    next.roleArn === revision.roleArn &&
    isDeepStrictEqual(settings, revision.settings);
  const now = clock.now();
  if (same && revision.uuid !== undefined) return { updateDate: seconds(now), revisionId: revision.uuid };
  const uuid = randomUUID();
  storage.database.write(() => storage.machines.update({ machine: arn, ...next, uuid, created: now }));
  await storage.database.durable();
  return { updateDate: seconds(now), revisionId: uuid };
}

export function describeStateMachine({ storage }: Machines, from: Request) {
  const { arn, name, status, created, revision } = machineOf(storage, requiredString(from, 'stateMachineArn'));
  return {
    stateMachineArn: arn,
    name,
    status,
    type: 'STANDARD',
    creationDate: seconds(created),
    ...describeRevision(revision, from),
  };
}

/** The part of a description that belongs to a revision; without its definition where only metadata is asked for. */
export function describeRevision({ definition, roleArn, settings, uuid }: Revision, from: Request) {
  const whole = !metadataOnly(from);
  const references = whole ? variableReferences(definition) : {};
  return {
    definition: whole ? definition : '{}',
    roleArn,
    ...settings,
    ...(uuid !== undefined && { revisionId: uuid }),
    ...(Object.keys(references).length > 0 && { variableReferences: references }),
  };
}

export function listStateMachines({ storage }: Machines, from: Request) {
  const limit = pageSize(from);
  const [after] = pageStart(from, 1024) ?? [''];
  const found = storage.machines.list(String(after), limit + 1);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    stateMachines: page.map(({ arn, name, created }) => ({
      stateMachineArn: arn,
      name,
      type: 'STANDARD',
      creationDate: seconds(created),
    })),
    ...(found.length > limit && last !== undefined && { nextToken: pageToken(last.name) }),
  };
}

/** Deleting what is not there is a success. A machine with running executions goes when the last has ended. */
export async function deleteStateMachine({ storage }: Machines, from: Request) {
  const arn = checkArn(requiredString(from, 'stateMachineArn', 256), 'stateMachine');
  if (storage.machines.find(arn) === undefined) return {};
  storage.database.write(() => storage.machines.markDeleting(arn));
  storage.forgetDeleted(arn);
  await storage.database.durable();
  return {};
}

export function validateStateMachineDefinition(_: Machines, from: Request) {
  const definition = requiredString(from, 'definition', LARGEST_DEFINITION, 0);
  const limit = number(from, 'maxResults', 100) || 100;
  // There are no warnings here: all that is found makes a machine impossible.
  oneOf(from, 'severity', ['ERROR', 'WARNING']);
  const all = diagnose(definition, oneOf(from, 'type', ['STANDARD', 'EXPRESS']) ?? 'STANDARD');
  return { result: all.length === 0 ? 'OK' : 'FAIL', diagnostics: all.slice(0, limit), truncated: all.length > limit };
}
