import { ServiceError } from '../../types.ts';
import { isObject } from '../json.ts';
import type { Storage } from '../storage/index.ts';
import type { Tags } from '../storage/machines.ts';
import { checkArn } from './arns.ts';
import { type Request, requiredString } from './request.ts';

/** AWS's bound on the tags of one resource. */
const MOST_TAGS = 50;

/** The `tags` of a request, by key. Throws SerializationException, TooManyTags. */
export function tagsOf(from: Request): Tags {
  const { tags = [] } = from;
  if (!Array.isArray(tags)) throw new ServiceError('SerializationException', 'tags must be a list');
  const given = tags.map((tag) => (isObject(tag) ? tag : {}));
  return Object.fromEntries(given.map((tag) => [requiredString(tag, 'key', 128), String(tag.value ?? '')]));
}

/** Changes the tags of a state machine. Throws ResourceNotFound, TooManyTags. */
async function change(storage: Storage, from: Request, to: (tags: Tags) => Tags): Promise<Record<string, never>> {
  const arn = machineArnOf(storage, from);
  const tags = to(storage.machines.tags(arn));
  if (Object.keys(tags).length > MOST_TAGS) {
    throw new ServiceError('TooManyTags', `A resource may have no more than ${MOST_TAGS} tags`);
  }
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
  return change(storage, from, (tags) => ({ ...tags, ...tagsOf(from) }));
}

export async function untagResource(storage: Storage, from: Request) {
  const { tagKeys } = from;
  const gone = new Set(Array.isArray(tagKeys) ? tagKeys : []);
  return change(storage, from, (tags) => Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key))));
}

export function listTagsForResource(storage: Storage, from: Request) {
  const tags = storage.machines.tags(machineArnOf(storage, from));
  return { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) };
}
