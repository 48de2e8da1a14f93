import { z } from 'zod';
import { ServiceError } from '../types.ts';

const blob = z.base64().transform((text) => Buffer.from(text, 'base64'));
const context = z.record(z.string(), z.string()).default({});
const named = { KeyId: z.string(), GrantTokens: z.array(z.string()).optional(), DryRun: z.literal(false).optional() };

/** What each operation takes. */
export const inputs = {
  GenerateMac: z.object({ ...named, Message: blob, MacAlgorithm: z.string() }),
  VerifyMac: z.object({ ...named, Message: blob, MacAlgorithm: z.string(), Mac: blob }),
  Encrypt: z.object({ ...named, Plaintext: blob, EncryptionContext: context }),
  Decrypt: z.object({ KeyId: z.string().optional(), CiphertextBlob: blob, EncryptionContext: context }),
  GenerateDataKey: z.object({
    ...named,
    KeySpec: z.enum(['AES_128', 'AES_256']).optional(),
    NumberOfBytes: z.int().min(1).max(1_024).optional(),
    EncryptionContext: context,
  }),
  GenerateRandom: z.object({ NumberOfBytes: z.int().min(1).max(1_024) }),
  DescribeKey: z.object(named),
};

/** Reads an operation's input. Throws ValidationException. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ServiceError('ValidationException', z.prettifyError(parsed.error));
}
