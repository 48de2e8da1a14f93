import { RemovalPolicy } from 'aws-cdk-lib';
import type { Options } from '../options.ts';

/** What becomes of data when its stack goes. */
export interface Lifetime {
  /** whether it outlives the stack */
  readonly kept: boolean;
  /**
   * What is kept, except when the deployment that made it fails: a second try would otherwise find, and pay for, what the
   * first one left.
   */
  readonly removalPolicy: RemovalPolicy;
  /**
   * Whether it has a lock of its own against deletion, beside the stack's. Not in a first deployment: CloudFormation could
   * not take back what is locked.
   */
  readonly locked: boolean;
}

const kept = { kept: true, removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE };
const lifetimes: Readonly<Record<Options['data'], Lifetime>> = {
  keep: { ...kept, locked: true },
  new: { ...kept, locked: false },
  destroy: { kept: false, removalPolicy: RemovalPolicy.DESTROY, locked: false },
};

export const lifetimeOf = ({ data }: Options): Lifetime => lifetimes[data];
