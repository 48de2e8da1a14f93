import { z } from 'zod';
import { type Millis, ServiceError } from '../types.ts';

const whole = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]);
const Condition = z.union([
  z.tuple([z.literal('content-length-range'), whole, whole]),
  z.tuple([z.enum(['eq', 'starts-with']), z.string().startsWith('$'), z.string()]),
  z.record(z.string(), z.string()).refine((one) => Object.keys(one).length === 1, 'a condition has one field'),
]);
const Policy = z.object({ expiration: z.iso.datetime(), conditions: z.array(Condition) });
type Condition = z.output<typeof Condition>;

/** What a form sent beside its file. */
export interface Posted {
  /** by name in small letters, the bucket too */
  readonly fields: ReadonlyMap<string, string>;
  /** of the file, in bytes */
  readonly size: number;
  readonly now: Millis;
}

/** Fields that no condition need allow. */
const free = /^(policy|x-amz-signature|file|bucket|x-ignore-.*)$/;

function denied(why: string): ServiceError {
  return new ServiceError('AccessDenied', `Invalid according to Policy: ${why}`, 403);
}

function readPolicy(base64: string): z.output<typeof Policy> {
  try {
    return Policy.parse(JSON.parse(Buffer.from(base64, 'base64').toString('utf8')));
  } catch {
    throw new ServiceError(
      'InvalidPolicyDocument',
      'The content of the form does not meet the conditions specified in the policy document.',
    );
  }
}

/** The fields that a condition speaks of, and whether they are as it says. */
function judge(condition: Condition, fields: Posted['fields']): readonly (readonly [field: string, holds: boolean])[] {
  if (!Array.isArray(condition)) {
    return Object.entries(condition).map(([name, value]) => [
      name.toLowerCase(),
      fields.get(name.toLowerCase()) === value,
    ]);
  }
  if (condition[0] === 'content-length-range') return [];
  const [how, dollar, value] = condition;
  const field = dollar.slice(1).toLowerCase();
  const given = fields.get(field);
  return [[field, how === 'eq' ? given === value : given?.startsWith(value) === true]];
}

/**
 * Refuses a form that its policy does not allow.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 * @throws ServiceError AccessDenied, EntityTooLarge, EntityTooSmall, InvalidPolicyDocument
 */
export function checkPolicy(base64: string, { fields, size, now }: Posted): void {
  const { expiration, conditions } = readPolicy(base64);
  if (Date.parse(expiration) <= now) throw denied('Policy expired.');
  const allowed = new Set<string>();
  for (const condition of conditions) {
    for (const [field, holds] of judge(condition, fields)) {
      if (!holds) throw denied(`Policy Condition failed: ${JSON.stringify(condition)}`);
      allowed.add(field);
    }
  }
  const extra = [...fields.keys()].filter((name) => !free.test(name) && !allowed.has(name));
  if (extra.length > 0) throw denied(`Extra input fields: ${extra.join(', ')}`);
  for (const condition of conditions) {
    if (!Array.isArray(condition) || condition[0] !== 'content-length-range') continue;
    const [, least, most] = condition;
    if (size > most) throw new ServiceError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
    if (size < least)
      throw new ServiceError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
}
