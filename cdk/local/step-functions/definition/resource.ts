import type { Resource } from './program.ts';

const FUNCTION = /^arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9_$-]+)?$/;
const INVOKE = /^arn:[a-z-]+:states:[a-z0-9-]*:\d*:lambda:invoke$/;
const CALLBACK = '.waitForTaskToken';

/** Reads a Task's Resource; nothing when it is an integration that is not supported. */
export function parseResource(text: string): Resource | undefined {
  const callback = text.endsWith(CALLBACK);
  const target = callback ? text.slice(0, -CALLBACK.length) : text;
  if (FUNCTION.test(target)) return { kind: 'arn', functionArn: target, callback };
  if (INVOKE.test(target)) return { kind: 'invoke', callback };
  return undefined;
}
