import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { classified } from '../../shared/aws/classified.ts';
import { sheetLimits } from '../../shared/spreadsheet/limits.ts';
import { INCOMING } from '../env/incoming.ts';
import { signPost } from './sign-post.ts';

/**
 * What the bucket takes, in bytes: far more than any page does, so that the page tells who sent too much, in their language, and not the bucket.
 */
const MOST_TAKEN = 64_000_000;
/** How long a form can be sent, in seconds. */
export const FORM_SECONDS = 2 * 3600;

/** A form that sends one file to the bucket. */
export interface FileForm {
  readonly action: string;
  /** hidden fields, all before the file */
  readonly fields: Readonly<Record<string, string>>;
}

/** What came: its bytes, or why there are none. */
export type Came = Uint8Array | 'gone' | 'too-large';

/**
 * Files that people give in a browser. They do not pass the gateway, which takes 4.5 MB and answers more with bare JSON: the form sends them to
 * a bucket, which leads the browser back to a page, and that page reads them.
 */
export interface Incoming {
  /** the address of the bucket, where forms lead */
  readonly url: string;
  /** @param backTo the address of the page that reads the file */
  form(file: string, backTo: string): Promise<FileForm>;
  /**
   * Reads a file that a form has sent; one that is too large for a sheet is removed unread. Cost: two calls.
   * @throws Throttled, Retryable
   */
  read(file: string): Promise<Came>;
  /** Removes what was read. Cost: one call. */
  remove(file: string): Promise<void>;
}

interface IncomingOptions {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly url: string;
}

/** Who may not list a bucket is not told which objects are not there. */
function isGone(error: unknown): boolean {
  return error instanceof S3ServiceException && [403, 404].includes(error.$metadata.httpStatusCode ?? 0);
}

async function call<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw classified(error);
  }
}

/** Files that lie in the bucket of the stack. */
export function incomingFiles({ s3, bucket, url }: IncomingOptions): Incoming {
  const at = (file: string) => ({ Bucket: bucket, Key: `${INCOMING}${file}` });
  const remove = async (file: string) => {
    await call(() => s3.send(new DeleteObjectCommand(at(file))));
  };
  return {
    url,
    remove,
    async form(file, backTo) {
      const [credentials, region] = await Promise.all([s3.config.credentials(), s3.config.region()]);
      const permitted = { key: `${INCOMING}${file}`, backTo, most: MOST_TAKEN, now: new Date(), seconds: FORM_SECONDS };
      return { action: url, fields: signPost({ ...credentials, region, bucket }, permitted) };
    },
    async read(file) {
      try {
        const { ContentLength = 0 } = await s3.send(new HeadObjectCommand(at(file)));
        if (ContentLength > sheetLimits.bytes) {
          await remove(file);
          return 'too-large';
        }
        const { Body } = await s3.send(new GetObjectCommand(at(file)));
        return Body ? await Body.transformToByteArray() : 'gone';
      } catch (error) {
        if (isGone(error)) return 'gone';
        throw classified(error);
      }
    },
  };
}
