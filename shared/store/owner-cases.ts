import { CASE_NUMBER, CaseId, type PartyId } from '../domain/ids.ts';
import type { Case } from '../kinds/case.ts';
import { isKeyOfName, isOrganizationKey } from './case-item.ts';
import { type List, readCases } from './cases.ts';
import { fromCursor, notACursor, toCursor } from './cursor.ts';
import { indexes, indexKeys, keys } from './keys.ts';
import { query, type Table, toItem } from './table.ts';

const PLACE = new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z#(${CASE_NUMBER})$`);
const PAGE = 25;

type Index = typeof indexes.ownerCases | typeof indexes.organizationCases;

/** A page of an index, the latest case first. */
async function page(table: Table, { name, pk, sk }: Index, owner: string, after: string | undefined) {
  const id = after === undefined ? undefined : PLACE.exec(after)?.[1];
  if (after !== undefined && id === undefined) throw notACursor();
  const found = await query(table, {
    IndexName: name,
    KeyConditionExpression: '#pk = :pk',
    ExpressionAttributeNames: { '#pk': pk },
    ExpressionAttributeValues: toItem({ ':pk': owner }),
    ScanIndexForward: false,
    Limit: PAGE,
    ...(id && { ExclusiveStartKey: toItem({ ...keys.case(CaseId.parse(id)), [pk]: owner, [sk]: after }) }),
  });
  const ids = found.items.map((item) => CaseId.parse(String(item.pk).replace(/^CASE#/, '')));
  return { cases: await readCases(table, ids), after: found.last && String(found.last[sk]) };
}

/** The cursor of {@link listOwnCases} that goes on after this case. */
export function placeOfOwn({ submittedAt, id }: Case): string | null {
  return toCursor({ after: `${submittedAt}#${id}` });
}

/**
 * The cases of an organization, of all kinds, the latest first. The index gives keys only, the cases themselves are read
 * consistently. Cost: one Query of keys and one read a case.
 * @param whose as an index has it: those of an account (`indexKeys.ofOrganization`), or by the organization's name (`organizationKey`)
 */
export async function listCasesOf(table: Table, whose: string, cursor?: string): Promise<List<Case>> {
  const named = isOrganizationKey(whose);
  const index = named ? indexes.organizationCases : indexes.ownerCases;
  const { cases, after } = await page(table, index, whose, fromCursor(cursor)?.after);
  const items = cases.filter(({ organization, organizationParty: party }) =>
    named ? isKeyOfName(whose, organization) : party && indexKeys.ofOrganization(party) === whose,
  );
  return { items, nextCursor: after ? toCursor({ after }) : null };
}

/** The cases of an organization with an account, see {@link listCasesOf}. */
export function listOwnCases(table: Table, party: PartyId, cursor?: string): Promise<List<Case>> {
  return listCasesOf(table, indexKeys.ofOrganization(party), cursor);
}

/** The cases with a contact address, by its hash, that are no organization's yet. Cost: as {@link listOwnCases}. */
export async function* unclaimedCases(table: Table, hash: string): AsyncGenerator<Case> {
  let after: string | undefined;
  do {
    const found = await page(table, indexes.ownerCases, indexKeys.ofAddress(hash), after);
    after = found.after;
    yield* found.cases.filter((one) => one.organizationParty === undefined && one.mailHash === hash);
  } while (after);
}
