import { ServiceError } from '../types.ts';

/** A part of a form, in the order in which it came. */
export interface FormPart {
  readonly name: string;
  readonly type: string | undefined;
  readonly bytes: Buffer;
}

/** All fields before the file together. */
const MOST_FIELD_BYTES = 20_480;

function malformed(): ServiceError {
  return new ServiceError(
    'MalformedPOSTRequest',
    'The body of your POST request is not well-formed multipart/form-data.',
  );
}

/**
 * The parts of a form up to its file, which S3 takes for its end. Nothing is copied.
 * @throws ServiceError for what is no such form
 */
export function formParts(body: Buffer, contentType: string): readonly FormPart[] {
  const [, quoted, bare] = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) {
    throw new ServiceError('PreconditionFailed', 'Bucket POST must be of the enclosure-type multipart/form-data', 412);
  }
  const parts: FormPart[] = [];
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const first = delimiter.subarray(2);
  if (!body.subarray(0, first.length).equals(first)) throw malformed();
  for (let at = first.length; body.toString('latin1', at, at + 2) === '\r\n'; ) {
    const head = body.indexOf('\r\n\r\n', at);
    const end = body.indexOf(delimiter, head);
    if (head < 0 || end < 0) throw malformed();
    const headers = body.toString('utf8', at, head);
    const name = /^content-disposition:\s*form-data\s*;.*?\bname="([^"]*)"/im.exec(headers)?.[1];
    if (name === undefined) throw malformed();
    const type = /^content-type:\s*(.+)$/im.exec(headers)?.[1]?.trim();
    parts.push({ name: name.toLowerCase(), type, bytes: body.subarray(head + 4, end) });
    if (name.toLowerCase() === 'file') return parts;
    if (end > MOST_FIELD_BYTES) {
      const message = 'Your POST request fields preceding the upload file were too large.';
      throw new ServiceError('MaxPostPreDataLengthExceeded', message);
    }
    at = end + delimiter.length;
  }
  return parts;
}
