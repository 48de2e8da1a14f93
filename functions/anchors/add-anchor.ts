import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { anchorObject } from '../../shared/audit/anchor.ts';
import type { ChainHead } from '../../shared/store/chains.ts';

/** Where the heads of chains are kept outside the table. */
export interface Anchorage {
  readonly s3: S3Client;
  readonly bucket: string;
}

/** The object is there already, from a batch that came twice. */
function isThere(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'PreconditionFailed';
}

/**
 * Writes where some chains have come to into one object that nobody can change or remove; the same heads again change
 * nothing. Cost: one put.
 * @throws what S3 said when it could not be written
 */
export async function addAnchor({ s3, bucket }: Anchorage, heads: readonly ChainHead[]): Promise<void> {
  const { key, body } = anchorObject(heads);
  try {
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: 'application/json',
        // an anchor is never written over
        IfNoneMatch: '*',
      }),
    );
  } catch (error) {
    if (!isThere(error)) throw error;
  }
}
