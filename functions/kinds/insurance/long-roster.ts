import { createHash } from 'node:crypto';
import { reviewRoster, rosterProblems } from '../../../shared/case/roster.ts';
import type { FieldProblem } from '../../../shared/domain/errors.ts';
import type { LocalDate } from '../../../shared/domain/time.ts';
import { MAX_LEFT_OUT } from '../../../shared/kinds/insurance/input.ts';
import {
  type FormRoster,
  type FormRows,
  keepFormRoster,
  readFormRoster,
  readFormRows,
} from '../../../shared/store/form-rosters.ts';
import type { Hub } from '../../../shared/store/hub.ts';
import { type Answers, isFolded, keptKey, type Row, withKey } from '../../forms/answers.ts';
import type { LongList } from '../../forms/long-list.ts';
import { amongAll, leftOutOf, volunteerList, volunteerRows, volunteersIn } from './volunteer-rows.ts';

/** As many rows travel in the page itself; more are kept beside the form. */
const IN_PAGE = 30;
/** People whom a page names of a roster that is kept. */
const FIRST = 20;

type Told = Pick<FormRoster, 'count' | 'first' | 'leftOut'>;

/** The roster of a form in one request: what is kept of it is read once, and no rows are reviewed twice. */
export interface LongRoster extends LongList {
  /** what is wrong with each row, for cover from a day on */
  problems(answers: Answers, coverFrom: LocalDate, coverTo: LocalDate): Promise<readonly FieldProblem[]>;
  /** what a page says of the roster; of one that is kept, after {@link LongList.keep} */
  told(answers: Answers): Told;
}

function hashOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => volunteerList.columns.map((column) => row[column] ?? ''));
  return createHash('sha256').update(JSON.stringify(cells)).digest('base64url');
}

function toldOf(rows: readonly Row[]): Told {
  const people = volunteersIn(rows);
  const first = people
    .slice(0, FIRST)
    .map(({ name, identityNumber }) => ({ name: name.slice(0, 60), identityNumber: identityNumber.slice(0, 40) }));
  // of a reason its beginning: what is sent has it in full
  const leftOut = leftOutOf(rows)
    .slice(0, MAX_LEFT_OUT)
    .map((row) => ({ ...row, reason: row.reason.slice(0, 200) }));
  return { count: people.length, first, leftOut };
}

interface Review {
  /** the rows, the days and the day on which it was made */
  readonly of: string;
  readonly problems: readonly FieldProblem[];
}

/** @param today the day it is at the hub */
export function longRoster({ table }: Pick<Hub, 'table'>, today: LocalDate): LongRoster {
  const all = new Map<string, ReturnType<typeof readFormRows>>();
  const heads = new Map<string, Promise<FormRoster | undefined>>();
  const reviews = new Map<string, Review>();
  const told = new Map<string, Told>();
  const gone: FieldProblem = { pointer: '/file', code: 'roster-gone' };

  function rowsUnder(key: string): Promise<FormRows | undefined> {
    const found = all.get(key) ?? readFormRows(table, key);
    all.set(key, found);
    return found;
  }

  function headUnder(key: string): Promise<FormRoster | undefined> {
    const found = heads.get(key) ?? readFormRoster(table, key);
    heads.set(key, found);
    return found;
  }

  const reviewOf = (hash: string, coverFrom: LocalDate) => `${hash} ${coverFrom} ${today}`;

  return {
    gone,
    isWhole: (row) => [row.name, row.identityNumber, row.phone].every((cell) => cell !== undefined),
    isLong: (answers) => volunteerRows(answers).length > IN_PAGE,
    rows: async (key) => (await rowsUnder(key))?.rows,

    async problems(answers, coverFrom, coverTo) {
      const key = keptKey(answers, volunteerList);
      const head = key === '' ? undefined : await headUnder(key);
      const folded = isFolded(answers, volunteerList);
      if (folded && head?.bad === 0 && head.reviewed === reviewOf(head.hash, coverFrom)) return [];
      const rows = folded ? (await rowsUnder(key))?.rows : volunteerRows(answers);
      if (!rows) return [gone];
      const hash = hashOf(rows);
      const of = reviewOf(hash, coverFrom);
      const before = reviews.get(hash);
      if (before?.of === of) return before.problems;
      const kept = head?.reviewed === of ? await rowsUnder(key) : undefined;
      const problems =
        kept?.problems ??
        amongAll(rows, rosterProblems(reviewRoster({ volunteers: volunteersIn(rows), coverFrom, coverTo }, today)));
      reviews.set(hash, { of, problems });
      return problems;
    },

    async keep(answers, count) {
      const key = keptKey(answers, volunteerList);
      const head = key === '' ? undefined : await headUnder(key);
      if (isFolded(answers, volunteerList)) {
        if (head) told.set(key, head);
        return head && answers;
      }
      const rows = volunteerRows(answers);
      if (rows.length <= IN_PAGE) return withKey(answers, volunteerList, '');
      const hash = hashOf(rows);
      const review = reviews.get(hash);
      if (head?.hash === hash && (!review || head.reviewed === review.of)) return answers;
      await count(rows.length);
      const problems = review?.problems ?? [];
      const bad = new Set(problems.map(({ pointer }) => pointer.split('/')[2])).size;
      const roster = { ...toldOf(rows), hash, bad, reviewed: review?.of ?? '' };
      return withKey(answers, volunteerList, await keepFormRoster(table, roster, { rows, problems }));
    },

    told(answers) {
      const kept = isFolded(answers, volunteerList) ? told.get(keptKey(answers, volunteerList)) : undefined;
      return kept ?? toldOf(volunteerRows(answers));
    },
  };
}
