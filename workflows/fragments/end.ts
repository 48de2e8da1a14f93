import { Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import type { StageFragment } from './run.ts';

/** A stage in which nothing more happens. */
export const end: StageFragment = (run, stage) => ({
  start: Succeed.jsonata(run.scope, stage),
  connect: () => {},
});
