import { sheetTypes } from '../../web/given-file.ts';
import type { Operation } from '../operation.ts';
import { problemCodes } from '../problem.ts';
import { apiText, type ProblemCode } from '../texts.ts';

function refusalsOf({ access, method, path, request, query, refusals = [] }: Operation): ProblemCode[] {
  const sent: ProblemCode[] = ['unreadable-body', 'too-large', 'unsupported-media-type', 'invalid'];
  const found: ProblemCode[] = [
    ...(request ? sent : []),
    ...(query ? (['invalid'] as const) : []),
    ...(method === 'post' ? (['invalid', 'idempotency-mismatch'] as const) : []),
    ...(access === 'token' || access === 'optional'
      ? (['unauthenticated', 'forbidden', 'party-unnamed'] as const)
      : []),
    ...(path.includes('{') ? (['not-found'] as const) : []),
    ...(access === 'public' && method === 'get' ? [] : (['too-many-requests'] as const)),
    ...refusals,
    'unavailable',
  ];
  return [...new Set(found)];
}

/** The statuses that API Gateway answers by itself, each with a body that is no problem document. */
function gatewayStatuses({ access, request }: Operation): number[] {
  return [...(access === 'token' ? [401, 403] : []), ...(request ? [413] : []), 429, 503];
}

const reference = (name: string) => ({ schema: { $ref: `#/components/schemas/${name}` } });
const problemContent = { 'application/problem+json': reference('Problem') };
const gatewayContent = { 'application/json': reference('GatewayMessage') };

/** Refusals by status; which of those with one status it was, `code` says. */
function problems(codes: readonly ProblemCode[], byGateway: readonly number[]) {
  const statuses = [...new Set([...codes.map((code) => problemCodes[code].status), ...byGateway])].sort();
  return statuses.map((status) => {
    const named = codes.filter((code) => problemCodes[code].status === status);
    const titles = named.map((code) => `${apiText.en.titles[code]} (${problemCodes[code].number})`);
    const early = byGateway.includes(status);
    const description = [...titles, ...(early ? ['API Gateway refused it before'] : [])].join('; ');
    const content = { ...(named.length > 0 && problemContent), ...(early && gatewayContent) };
    return [String(status), { description, content }] as const;
  });
}

const csv = { 'text/csv': { schema: { type: 'string' } } };

function answerContent({ schema, orCsv }: Operation['answer']) {
  if (schema === 'spreadsheet')
    return { ...csv, [sheetTypes.xlsx]: { schema: { type: 'string', contentMediaType: sheetTypes.xlsx } } };
  if (schema === 'document') return { 'application/json': { schema: { type: 'object' } } };
  return {
    'application/json': { schema: { $ref: `#/components/schemas/${Object.keys(schema)[0]}` } },
    ...(orCsv && csv),
  };
}

/** Every answer an operation gives, the refusals included. */
export function responsesOf(operation: Operation): Record<string, unknown> {
  const { status = 200, description: text } = operation.answer;
  const location = { Location: { description: 'Where it is from now on', schema: { type: 'string', format: 'uri' } } };
  return {
    [status]: {
      description: text,
      ...(status !== 200 && { headers: location }),
      content: answerContent(operation.answer),
    },
    ...Object.fromEntries(problems(refusalsOf(operation), gatewayStatuses(operation))),
    default: { description: 'Anything else that went wrong', content: { ...problemContent, ...gatewayContent } },
  };
}
