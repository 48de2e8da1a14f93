import type { FunctionDefinition } from './function-definition.ts';

/** "You cannot set these": https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);
const MOST_VARIABLE_BYTES = 4_096;

/** Throws, naming the function, for a definition that Lambda would not create. */
export function checkDefinition(fn: FunctionDefinition): void {
  const refuse = (why: string): never => {
    throw new Error(`Lambda would not create the function ${fn.name}: ${why}`);
  };
  const within = (what: string, value: number, least: number, most: number): void => {
    if (!Number.isInteger(value) || value < least || value > most) {
      refuse(`${what} is ${value} and must be a whole number from ${least} to ${most}`);
    }
  };
  within('Timeout', fn.timeoutSeconds, 1, 900);
  within('MemorySize', fn.memoryMb, 128, 10_240);
  within('MaximumRetryAttempts', fn.maxRetryAttempts ?? 0, 0, 2);
  within('MaximumEventAgeInSeconds', fn.maxEventAgeSeconds ?? 60, 60, 21_600);
  if (!/^[\w-]{1,64}$/.test(fn.name)) refuse('its name may have letters, digits, - and _, 64 at most');
  for (const name of Object.keys(fn.environment)) {
    if (RESERVED.has(name)) refuse(`the environment variable ${name} is reserved`);
    if (!/^[A-Za-z]\w+$/.test(name)) refuse(`${name} is no name for an environment variable`);
  }
  const bytes = Buffer.byteLength(JSON.stringify(fn.environment));
  if (bytes > MOST_VARIABLE_BYTES) refuse(`its environment variables take ${bytes} bytes of ${MOST_VARIABLE_BYTES}`);
}
