import { ServiceError } from '../types.ts';
import type { Access, Caller } from './caller.ts';

interface Denied {
  readonly caller: Caller;
  readonly access: Access;
  /** Which kind of policy denies, or lets it lack; the end of most messages. */
  readonly because: string;
  /** What the message calls the resource when it must not be named. */
  readonly calledThere: string | undefined;
}

/** Services that speak REST say 403; those with a JSON target in a header say 400 to whatever the caller can mend. */
const REST = new Set(['lambda', 's3', 'ses']);

/** The refusal of a call, each service in its own words (observed: SES quotes, S3 quotes the resource, SQS small letters). */
export function denial({ caller: { principalArn }, access, because, calledThere }: Denied): ServiceError {
  const { action, resource } = access;
  const [service = ''] = action.split(':');
  const status = REST.has(service) ? 403 : 400;
  const refuse = (message: string): ServiceError => new ServiceError('AccessDeniedException', message, status);
  if (service === 'ses') {
    return refuse(`User \`${principalArn}' is not authorized to perform \`${action}' on resource \`${resource}'`);
  }
  const written = service === 'sqs' ? action.toLowerCase() : action;
  const named = service === 's3' ? `"${resource}"` : resource;
  const where = calledThere ?? `resource: ${named}`;
  const why = because.replace(action, written);
  return refuse(`User: ${principalArn} is not authorized to perform: ${written} on ${where} ${why}`);
}
