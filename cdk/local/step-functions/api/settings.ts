import { ServiceError } from '../../types.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Request } from './request.ts';

/** What AWS gives a machine that says nothing of these. */
export const DEFAULT_SETTINGS: JsonObject = {
  encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
  loggingConfiguration: { level: 'OFF', includeExecutionData: false },
  tracingConfiguration: { enabled: false },
};

const FIELDS = ['loggingConfiguration', 'tracingConfiguration', 'encryptionConfiguration'];

/** Whether a request says anything of a machine's settings. */
export function hasSettings(from: Request): boolean {
  return FIELDS.some((field) => isObject(from[field]));
}

/** The settings after a request that may name some of them anew. Throws InvalidLoggingConfiguration. */
export function settingsOf(from: Request, previous: JsonObject): JsonObject {
  const out: JsonObject = { ...previous };
  for (const field of FIELDS) {
    const value = from[field];
    if (isObject(value)) out[field] = JSON.parse(JSON.stringify(value));
  }
  if (isObject(from.loggingConfiguration)) out.loggingConfiguration = logging(from.loggingConfiguration);
  return out;
}

/** Who logs must say where to, and to one place only; who does not may leave everything away. */
function logging(given: Record<string, unknown>): JsonObject {
  const { level = 'OFF', includeExecutionData = false, destinations } = given;
  const count = Array.isArray(destinations) ? destinations.length : 0;
  if (count > 1 || (level !== 'OFF' && count === 0))
    throw new ServiceError(
      'InvalidLoggingConfiguration',
      'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    );
  return JSON.parse(JSON.stringify({ ...given, level, includeExecutionData }));
}
