import type { OperationId } from '../../operations.ts';
import type { Description } from '../description.ts';
import { cases } from './cases.ts';
import { catalogue } from './catalogue.ts';
import { conflicts } from './conflicts.ts';
import { drafts } from './drafts.ts';
import { people } from './people.ts';
import { persons } from './persons.ts';
import { submissions } from './submissions.ts';
import { track } from './track.ts';

/** Every operation's description: one that is missing does not compile. */
export const descriptions: Readonly<Record<OperationId, Description>> = {
  ...submissions,
  ...cases,
  ...track,
  ...catalogue,
  ...conflicts,
  ...people,
  ...drafts,
  ...persons,
};
