import { afterEach, beforeEach, expect, it } from 'vitest';
import { useEnvironment } from '../../cdk/cli/stack-environment.ts';

let before: NodeJS.ProcessEnv;
beforeEach(() => {
  before = { ...process.env };
});
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

it('a shell that names another server for one service does not lead a command past its stack', () => {
  process.env.AWS_ENDPOINT_URL_DYNAMODB = 'http://127.0.0.1:8000';
  useEnvironment({ AWS_ENDPOINT_URL: 'http://127.0.0.1:3001', AWS_REGION: 'us-east-1' });
  expect(process.env.AWS_ENDPOINT_URL_DYNAMODB).toBeUndefined();
  expect(process.env.AWS_ENDPOINT_URL).toBe('http://127.0.0.1:3001');
});
