import { randomBytes } from 'node:crypto';
import type { KeyService } from '../../shared/secrets/key-service.ts';

/** Stands in for KMS: data keys lie in the table as they are. */
export const openKeys: KeyService = {
  generate: async () => randomBytes(32),
  unwrap: async (_id, wrapped) => wrapped,
};
