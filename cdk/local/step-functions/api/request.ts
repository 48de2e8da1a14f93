import { ServiceError } from '../../types.ts';
import { byteLength, isObject } from '../json.ts';
import { LARGEST_PAYLOAD } from '../running/leave.ts';

/** The input of an operation, read field by field; each reader throws ValidationException in AWS's words. */
export type Request = Record<string, unknown>;

export function request(input: unknown): Request {
  if (!isObject(input))
    throw new ServiceError('SerializationException', 'Start of structure or map found where not expected.');
  return input;
}

function invalid(detail: string): ServiceError {
  return new ServiceError('ValidationException', `1 validation error detected: ${detail}`);
}

function shown(value: unknown): string {
  return value === undefined || value === null ? 'Value null' : `Value '${String(value)}'`;
}

export function optionalString(from: Request, field: string, longest?: number): string | undefined {
  const value = from[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new ServiceError('SerializationException', `${field} must be a string`);
  if (longest !== undefined && value.length > longest) {
    throw invalid(
      `${shown(value)} at '${field}' failed to satisfy constraint: Member must have length less than or equal to ${longest}`,
    );
  }
  return value;
}

export function requiredString(from: Request, field: string, longest?: number, shortest = 1): string {
  const value = optionalString(from, field, longest);
  if (value === undefined)
    throw invalid(`${shown(value)} at '${field}' failed to satisfy constraint: Member must not be null`);
  if (value.length < shortest) {
    throw invalid(
      `${shown(value)} at '${field}' failed to satisfy constraint: Member must have length greater than or equal to ${shortest}`,
    );
  }
  return value;
}

export function optionalList(from: Request, field: string): readonly unknown[] | undefined {
  const value = from[field] ?? undefined;
  if (value !== undefined && !Array.isArray(value))
    throw new ServiceError('SerializationException', `${field} must be a list`);
  return value;
}

export function requiredList(from: Request, field: string): readonly unknown[] {
  const value = optionalList(from, field);
  if (value === undefined)
    throw invalid(`${shown(value)} at '${field}' failed to satisfy constraint: Member must not be null`);
  return value;
}

/** A payload: text of at most 256 KiB. Its content is not repeated in the message. */
export function payload(from: Request, field: string): string | undefined {
  const value = optionalString(from, field);
  if (value !== undefined && byteLength(value) > LARGEST_PAYLOAD) {
    throw invalid(
      `Value at '${field}' failed to satisfy constraint: Member must have length less than or equal to ${LARGEST_PAYLOAD}`,
    );
  }
  return value;
}

export function oneOf<T extends string>(from: Request, field: string, values: readonly T[]): T | undefined {
  const value = optionalString(from, field);
  if (value === undefined) return undefined;
  const found = values.find((one) => one === value);
  if (found === undefined) {
    throw invalid(
      `${shown(value)} at '${field}' failed to satisfy constraint: Member must satisfy enum value set: [${values.join(', ')}]`,
    );
  }
  return found;
}

export function flag(from: Request, field: string, otherwise: boolean): boolean {
  const value = from[field];
  return typeof value === 'boolean' ? value : otherwise;
}

/** A whole number from 0 to `most`; 0 where there is none. */
export function number(from: Request, field: string, most: number): number {
  const value = from[field] ?? 0;
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw new ServiceError('SerializationException', `${field} must be a whole number`);
  if (value > most)
    throw invalid(
      `${shown(value)} at '${field}' failed to satisfy constraint: Member must have value less than or equal to ${most}`,
    );
  if (value < 0)
    throw invalid(
      `${shown(value)} at '${field}' failed to satisfy constraint: Member must have value greater than or equal to 0`,
    );
  return value;
}

/** How many items a page may have: 0 and nothing mean 100, more than 1000 is refused. */
export function pageSize(from: Request): number {
  return number(from, 'maxResults', 1000) || 100;
}

/** Whether only what is about the thing is asked for, and not the data in it. */
export function metadataOnly(from: Request): boolean {
  return oneOf(from, 'includedData', ['ALL_DATA', 'METADATA_ONLY']) === 'METADATA_ONLY';
}

/** Where the last page ended, as this service wrote it into nextToken. */
export function pageStart(from: Request, longest: number): unknown[] | undefined {
  if (from.nextToken === undefined || from.nextToken === null) return undefined;
  const token = requiredString(from, 'nextToken', longest);
  try {
    const start: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (Array.isArray(start)) return start;
  } catch {
    // Not a token of ours: said below.
  }
  throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
}

export function pageToken(...start: (string | number)[]): string {
  return Buffer.from(JSON.stringify(start), 'utf8').toString('base64url');
}
