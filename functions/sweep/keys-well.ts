import { isKeyWell } from '../../shared/secrets/key-service.ts';
import { logLine } from '../log/log-line.ts';
import { logMetric } from '../log/metric-line.ts';

/**
 * Looks whether the keys in KMS, without which no personal data and no private link can be read again, are there to stay. AWS tells nobody when
 * somebody has one deleted, and waits at least a week with it. Cost: a call of KMS a key.
 */
export async function lookAtKeys(keys: readonly string[], isWell: (key: string) => Promise<boolean> = isKeyWell) {
  const well = await Promise.all(keys.map((key) => isWell(key)));
  const unusable = well.filter((one) => !one).length;
  logMetric('KeysUnusable', unusable);
  if (unusable > 0) logLine('keys-unusable', {});
}
