import { randomUUID } from 'node:crypto';
import { type FieldProblem, Rejected, Retryable, rejectionCodes, Throttled } from '../../shared/domain/errors.ts';
import type { Language } from '../../shared/domain/language.ts';
import { fieldText, refusalText } from '../../shared/i18n/errors.ts';
import { fill } from '../../shared/i18n/lookup.ts';
import { unreadableFileText } from '../../shared/i18n/spreadsheet.ts';
import { UnreadableFile } from '../../shared/spreadsheet/unreadable-file.ts';
import { ConditionFailed } from '../../shared/store/table.ts';
import { logFailure } from '../log/log-line.ts';
import { apiText, type ProblemCode } from './texts.ts';

/** Wrong fields told of at most: nobody mends more at once, and an answer has its size. */
const MOST_FIELDS = 100;

/** The codes of {@link rejectionCodes} and the API's own two. */
export const problemCodes: Readonly<Record<ProblemCode, { readonly number: number; readonly status: number }>> = {
  ...rejectionCodes,
  unavailable: { number: 5001, status: 503 },
  unexpected: { number: 5002, status: 500 },
};

interface Details {
  readonly detail: string;
  readonly fields?: readonly FieldProblem[];
  readonly params?: Readonly<Record<string, string | number>>;
  readonly instance?: string;
}

/** A problem document (RFC 9457) in the reader's language. */
function problem(
  code: ProblemCode,
  language: Language,
  details: Details,
  headers: Record<string, string> = {},
): Response {
  const { number, status } = problemCodes[code];
  const { detail, fields = [], params = {}, instance } = details;
  const body = {
    type: `urn:jieli:problem:${code}`,
    title: apiText[language].titles[code],
    status,
    detail,
    code: number,
    ...(instance && { instance }),
    ...(Object.keys(params).length > 0 && { params }),
    ...(fields.length > 0 && {
      errors: fields.slice(0, MOST_FIELDS).map((field) => ({
        pointer: field.pointer,
        code: field.code,
        detail: fieldText(language, field),
      })),
    }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json', 'content-language': language },
  });
}

/**
 * The answer to whatever was thrown. What the caller can mend is told in their language; what a moment can mend is a
 * 503; anything else is a 500 with a reference, under which one line without anything personal is logged.
 */
export function problemOf(error: unknown, language: Language, headers: Record<string, string> = {}): Response {
  if (error instanceof Rejected) {
    const { code, fields, params } = error;
    const waits = code === 'too-many-requests' ? { 'retry-after': String(params.seconds) } : {};
    const detail = refusalText(language, code, params);
    return problem(code, language, { detail, fields, params }, { ...headers, ...waits });
  }
  if (error instanceof Throttled || error instanceof Retryable || error instanceof ConditionFailed) {
    return problem(
      'unavailable',
      language,
      { detail: apiText[language].unavailable },
      { ...headers, 'retry-after': '1' },
    );
  }
  if (error instanceof UnreadableFile) {
    const detail = unreadableFileText(language, error);
    const params = { reason: error.code, ...(error.line !== undefined && { line: error.line }) };
    return problem('unreadable-file', language, { detail, params }, headers);
  }
  const reference = randomUUID();
  logFailure('unexpected', error, { reference });
  const detail = fill(apiText[language].unexpected, { reference });
  return problem('unexpected', language, { detail, instance: `urn:uuid:${reference}` }, headers);
}
