import { jsonService } from '../endpoint/json-service.ts';
import type { EndpointService } from '../endpoint/service.ts';
import type { Authorizer } from '../iam/authorizer.ts';
import type { KeySpec } from '../template/blueprint.ts';
import { type Clock, ServiceError } from '../types.ts';
import { dataOperations } from './data-operations.ts';
import { readKeyMaterials } from './key-material.ts';
import { keyOperations } from './key-operations.ts';
import { createKeyUse } from './key-use.ts';
import { macOperations } from './mac-operations.ts';
import type { Operations } from './operations.ts';

export interface KmsOptions {
  readonly dataDir: string;
  readonly keys: readonly KeySpec[];
  readonly authorizer: Authorizer;
  readonly clock: Pick<Clock, 'now'>;
}

/** The key service: HMAC and symmetric keys of the stack, with key policies, permissions and rotation as on AWS. */
export function createKms({ dataDir, keys, authorizer, clock }: KmsOptions): EndpointService {
  const materials = readKeyMaterials(dataDir, keys, clock);
  const keyUse = createKeyUse(keys, authorizer);
  const operations: Operations = {
    ...dataOperations(keyUse, materials),
    ...macOperations(keyUse, materials),
    ...keyOperations(keys, keyUse, materials, authorizer),
  };
  return jsonService({
    target: 'TrentService',
    version: '1.1',
    async call(operation, input, caller) {
      const work = operations[operation];
      if (work === undefined) {
        throw new ServiceError('UnknownOperationException', `The local cloud does not have kms:${operation}.`);
      }
      return work(input, caller);
    },
  });
}
