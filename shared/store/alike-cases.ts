import { CaseId } from '../domain/ids.ts';
import { type KnownBy, likenessOf } from '../entities/organizations/likeness.ts';
import { lookUpKeys } from '../entities/organizations/look-up-keys.ts';
import { matchOrganizations } from '../entities/organizations/match.ts';
import type { Case } from '../kinds/case.ts';
import { organizationHashes } from '../secrets/organization-hash.ts';
import { casesOfOrganization, readCases } from './cases.ts';
import type { Hub } from './hub.ts';
import { keys } from './keys.ts';
import { namesOfBody } from './organizations.ts';
import { query, save, toItem } from './table.ts';

type Keyed = Pick<Hub, 'table' | 'macKeyId'>;

/** How many cases one key gives at most, the latest first, and how many are read. */
const MOST_BY_KEY = 25;
const MOST_READ = 60;

/** What a case says of who asks. Its contact does not count: one person asks for many. */
function askedBy({ organization, place }: Case): KnownBy {
  return { name: organization, place };
}

/** Has a case found by other spellings of its organization. Again it changes nothing. Cost: a write for each key, some eight. */
export async function keepNamed(hub: Keyed, subject: Case): Promise<void> {
  const { id, submittedAt } = subject;
  const hashes = await organizationHashes(hub.macKeyId, lookUpKeys(likenessOf(askedBy(subject))).written);
  await Promise.all(
    hashes.map((hash) =>
      save(hub.table, { ...keys.caseNamed(hash, submittedAt, id), entity: 'case-named', caseId: id }),
    ),
  );
}

/**
 * Cases of the same or probably the same organization, by whichever spelling, and none of another of its name: the latest by each key.
 * Cost: a Query a key, some twelve, as many for records of the organization, two of the index of names, and a read a case.
 */
export async function casesAlike(hub: Keyed, subject: Case): Promise<Case[]> {
  // what a record calls the body by, in English or short, is as good as what was typed
  const asked = askedBy(subject);
  const likeness = likenessOf({ ...asked, aliases: await namesOfBody(hub, asked) });
  const hashes = await organizationHashes(hub.macKeyId, lookUpKeys(likeness).read);
  const pages = await Promise.all(
    hashes.map((hash) =>
      query(hub.table, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: toItem({ ':pk': keys.casesNamed(hash) }),
        ScanIndexForward: false,
        Limit: MOST_BY_KEY,
      }),
    ),
  );
  const latest = pages.flatMap(({ items }) => items).sort((a, b) => (String(a.sk) < String(b.sk) ? 1 : -1));
  const ids = [...new Set(latest.map(({ caseId }) => CaseId.parse(caseId)))].slice(0, MOST_READ);
  // one that was not screened yet, or came before names were kept, is found by its name as it stands
  const [alike, named] = await Promise.all([
    readCases(hub.table, ids),
    casesOfOrganization(hub.table, subject.organization),
  ]);
  const all = [...new Map([...named, ...alike].map((one) => [one.id, one])).values()];
  return all.filter((other) => {
    if (other.id === subject.id) return false;
    const { verdict, reasons } = matchOrganizations(likeness, likenessOf(askedBy(other)));
    return (
      verdict === 'same' || verdict === 'probable' || (verdict === 'possible' && reasons.includes('place-unknown'))
    );
  });
}
