import { importOfJob } from '../../shared/case/import.ts';
import type { Kind } from '../../shared/domain/ids.ts';
import type { ReasonTrail } from '../../shared/domain/privacy/retention.ts';
import type { Works } from '../../shared/jobs/work.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { everyHub } from '../../shared/store/hub-tree.ts';
import type { Anchorage } from '../anchors/add-anchor.ts';
import { logFailure } from '../log/log-line.ts';
import { anchorRest } from './anchor-rest.ts';
import { bringAlong } from './bring-along.ts';
import { eraseDue } from './erase-due.ts';
import { eraseReasons } from './erase-reasons.ts';
import { lookThrough } from './look-through.ts';

export interface Working {
  readonly hub: Hub;
  readonly anchorage: Anchorage;
  readonly keptDays: Readonly<Record<Kind | ReasonTrail, number>>;
}

/** What each kind of job does: the compiler asks for every one. */
export function worksOf({ hub, anchorage, keptDays }: Working): Works {
  const { table } = hub;
  return {
    table,
    rows: { 'import-needs': (row, job) => importOfJob(hub, row, job) },
    walks: {
      'look-through': () => lookThrough(table),
      'anchor-rest': () => anchorRest(table, anchorage),
      'erase-reasons': () => eraseReasons(table, keptDays),
      'bring-along': (cursor) => bringAlong(hub, cursor),
      'erase-cases': async (cursor) => {
        const hubs = [...new Set([hub.hub, ...(await everyHub(table))])];
        return eraseDue({ table, hubs, keptDays }, cursor);
      },
    },
    onFailed: ({ id, kind }, error) => logFailure('job-row-failed', error, { job: id, part: kind }),
  };
}
