import { createHash } from 'node:crypto';
import { z } from 'zod';
import { jsonService } from '../endpoint/json-service.ts';
import type { EndpointService } from '../endpoint/service.ts';
import type { Authorizer } from '../iam/authorizer.ts';
import type { Caller } from '../iam/caller.ts';
import { ServiceError } from '../types.ts';

export interface SecretsManagerOptions {
  /** The secrets that whoever starts the stack has, by name; asked for each time, since a secret changes. */
  secrets(): Readonly<Record<string, string>>;
  readonly authorizer: Authorizer;
  /** The beginning of an ARN of the service, up to the account's colon. */
  readonly arnPrefix: string;
}

const Input = z.object({
  SecretId: z.string().min(1).max(2048),
  VersionStage: z.literal('AWSCURRENT').optional(),
});

/** AWS ends a secret's ARN with six characters of its own, by which policies name it as `name-??????`. */
const digits = (text: string, count: number): string => createHash('sha256').update(text).digest('hex').slice(0, count);

/** Secrets that are made outside the stack: they are read here, never written. */
export function createSecretsManager({ secrets, authorizer, arnPrefix }: SecretsManagerOptions): EndpointService {
  const arnOf = (name: string): string => `${arnPrefix}secret:${name}-${digits(name, 6)}`;

  const getSecretValue = async (input: Readonly<Record<string, unknown>>, caller: Caller) => {
    const { data } = Input.safeParse(input);
    if (data === undefined) {
      throw new ServiceError(
        'InvalidParameterException',
        'SecretId names a secret; its current version alone is here.',
      );
    }
    const all = secrets();
    const name = Object.keys(all).find((each) => each === data.SecretId || arnOf(each) === data.SecretId);
    const resource = name === undefined ? `${arnPrefix}secret:${data.SecretId}` : arnOf(name);
    // who may not read it does not learn whether there is one
    authorizer.require(caller, { action: 'secretsmanager:GetSecretValue', resource });
    const text = name === undefined ? undefined : all[name];
    if (name === undefined || text === undefined) {
      throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    return {
      ARN: arnOf(name),
      Name: name,
      SecretString: text,
      VersionId: digits(text, 32),
      VersionStages: ['AWSCURRENT'],
    };
  };

  return jsonService({
    target: 'secretsmanager',
    version: '1.1',
    async call(operation, input, caller) {
      if (operation === 'GetSecretValue') return getSecretValue(input, caller);
      throw new ServiceError('UnknownOperationException', `The local cloud does not have secretsmanager:${operation}.`);
    },
  });
}
