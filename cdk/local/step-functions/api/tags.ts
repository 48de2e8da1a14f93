import { ServiceError } from '../../types.ts';
import { isObject } from '../json.ts';
import type { Storage } from '../storage/index.ts';
import type { Tags } from '../storage/machines.ts';
import { checkArn } from './arns.ts';
import { optionalString, type Request, requiredList, requiredString } from './request.ts';

/** AWS's bound on the tags of one resource. */
const MOST_TAGS = 50;

/** Tags by key. Throws ValidationException, TooManyTags. */
export function tagsOf(given: readonly unknown[]): Tags {
  const tags = given.map((tag) => (isObject(tag) ? tag : {}));
  return bounded(
    Object.fromEntries(tags.map((tag) => [requiredString(tag, 'key', 128), optionalString(tag, 'value', 256) ?? ''])),
  );
}

function bounded(tags: Tags): Tags {
  if (Object.keys(tags).length <= MOST_TAGS) return tags;
  throw new ServiceError('TooManyTags', `A resource may have no more than ${MOST_TAGS} tags`);
}

/** Changes the tags of a state machine. Throws ResourceNotFound, TooManyTags. */
async function change(storage: Storage, from: Request, to: (tags: Tags) => Tags): Promise<Record<string, never>> {
  const arn = machineArnOf(storage, from);
  const tags = bounded(to(storage.machines.tags(arn)));
  storage.database.write(() => storage.machines.setTags(arn, tags));
  await storage.database.durable();
  return {};
}

function machineArnOf(storage: Storage, from: Request): string {
  const arn = checkArn(requiredString(from, 'resourceArn', 256));
  if (storage.machines.find(arn) === undefined)
    throw new ServiceError('ResourceNotFound', `Resource not found: '${arn}'`);
  return arn;
}

export async function tagResource(storage: Storage, from: Request) {
  const added = tagsOf(requiredList(from, 'tags'));
  return change(storage, from, (tags) => ({ ...tags, ...added }));
}

export async function untagResource(storage: Storage, from: Request) {
  const gone = new Set(requiredList(from, 'tagKeys'));
  return change(storage, from, (tags) => Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key))));
}

export function listTagsForResource(storage: Storage, from: Request) {
  const tags = storage.machines.tags(machineArnOf(storage, from));
  return { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) };
}
