import type { MiddlewareHandler } from 'hono';
import { Throttled } from '../../shared/domain/errors.ts';
import { logLine } from '../log/log-line.ts';

/** Milliseconds before the platform stops a function in which it says so itself: else the gateway answers with bare JSON. */
const TO_SPARE = 3000;

/** There was too little time for what was asked. It may still come to its end; asked again, it is done once. */
export class OutOfTime extends Throttled {
  constructor() {
    super('out of time');
    this.name = 'OutOfTime';
  }
}

function isClock(value: unknown): value is { getRemainingTimeInMillis(): number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'getRemainingTimeInMillis' in value &&
    typeof value.getRemainingTimeInMillis === 'function'
  );
}

/** Answers in time, while the platform still listens. @throws {@link OutOfTime} to the app's own error handler, when it did not */
export function inTime(): MiddlewareHandler {
  return async (c, next) => {
    const context: unknown = c.env?.lambdaContext;
    if (!isClock(context)) return next();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const tell = () => {
        logLine('out-of-time', {});
        reject(new OutOfTime());
      };
      timer = setTimeout(tell, Math.max(0, context.getRemainingTimeInMillis() - TO_SPARE));
    });
    try {
      await Promise.race([next(), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
