import type { Branch, Run } from './run.ts';

/**
 * Prepares an execution that did not succeed to go on from where it stopped: what had succeeded stays, each state
 * that failed or was cut off is started again with its retries unused.
 */
export function prepareRedrive(run: Run, event: number): void {
  revive(run.root, event);
}

function revive(branch: Branch, event: number): void {
  const { doing } = branch;
  const children = doing.is === 'failed' ? doing.children : doing.is === 'children' ? doing : undefined;
  if (doing.is === 'ended' || doing.is === 'entering') return;
  branch.lastEvent = event;
  branch.retries = [];
  branch.retryCount = 0;
  if (children === undefined || children.open.length === 0) {
    branch.doing = { is: 'starting' };
    return;
  }
  branch.doing = children;
  for (const child of children.open) revive(child, event);
}
