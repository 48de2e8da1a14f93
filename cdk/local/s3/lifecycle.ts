import type { BucketSpec } from '../template/blueprint.ts';
import type { Clock, Millis, Timer } from '../types.ts';
import type { ObjectStore } from './object-store.ts';

const DAY: Millis = 86_400_000;

/**
 * Removes objects that the rules of their bucket call old, once a day on the clock. AWS does so some time after the midnight that follows.
 * Gives back what ends it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html
 */
export function startLifecycle(buckets: readonly BucketSpec[], store: ObjectStore, clock: Clock): () => void {
  let timer: Timer | undefined;
  const schedule = (): void => {
    timer = clock.at(clock.now() + DAY, () => {
      for (const { name, expires = [] } of buckets)
        for (const { prefix, millis } of expires) store.expire(name, prefix, clock.now() - millis);
      schedule();
    });
  };
  if (buckets.some(({ expires = [] }) => expires.length > 0)) schedule();
  return () => timer?.cancel();
}
