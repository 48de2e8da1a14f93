import type { Handlers } from '../call.ts';
import { openApiDocument } from '../openapi/document.ts';
import { addresses } from './addresses.ts';
import { audit } from './audit.ts';
import { bars } from './bars.ts';
import { cases } from './cases.ts';
import { consent } from './consent.ts';
import { drafts } from './drafts.ts';
import { imports } from './imports.ts';
import { insuranceBatch } from './insurance-batch.ts';
import { interests } from './interests.ts';
import { links } from './links.ts';
import { members } from './members.ts';
import { offers } from './offers.ts';
import { parties } from './parties.ts';
import { personRequests } from './person-requests.ts';
import { programmes } from './programmes.ts';
import { referrals } from './referrals.ts';
import { rosterReviews } from './roster-reviews.ts';
import { standIns } from './stand-ins.ts';
import { submissions } from './submissions.ts';
import { tasks } from './tasks.ts';
import { track } from './track.ts';

/**
 * What carries out each operation. The document is built when somebody asks for it.
 * @param issuer whose tokens the document names
 */
export function handlersOf(issuer: string): Handlers {
  return {
    ...submissions,
    ...rosterReviews,
    ...cases,
    ...audit,
    ...tasks,
    ...bars,
    ...interests,
    ...standIns,
    ...programmes,
    ...offers,
    ...parties,
    ...imports,
    ...insuranceBatch,
    ...members,
    ...addresses,
    ...drafts,
    ...links,
    ...consent,
    ...referrals,
    ...personRequests,
    ...track,
    getOpenApi: async (call) => ({
      body: openApiDocument({ base: call.base, issuer, now: Date.now() }),
      headers: { 'cache-control': 'no-cache' },
    }),
  };
}
