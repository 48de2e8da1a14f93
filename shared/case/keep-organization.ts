import { actorOf, assertMay } from '../answering/acting.ts';
import { type TraceChannel, toldNow } from '../audit/record.ts';
import { Rejected } from '../domain/errors.ts';
import { newOrganizationId, OrganizationId } from '../domain/ids.ts';
import type { Member } from '../domain/party.ts';
import { parseInput } from '../domain/problems.ts';
import { instant, localDate } from '../domain/time.ts';
import { assertDay } from '../domain/typed-day.ts';
import {
  CheckInput,
  MOST_CHECKS,
  type Organization,
  OrganizationChange,
  OrganizationInput,
  type OrganizationStep,
  SayingInput,
  TakeBackInput,
} from '../entities/organizations/organization.ts';
import type { Hub } from '../store/hub.ts';
import { type Idempotency, remembering, replay } from '../store/idempotency.ts';
import {
  keepingOrganization,
  keepingSaying,
  organizationDigest,
  readOrganization,
  takingBackSaying,
} from '../store/organizations.ts';
import { ConditionFailed } from '../store/table.ts';
import { transactTraced } from '../store/traces.ts';

/** Through which door, and what makes it happen once. */
interface How {
  readonly member: Member;
  readonly door: TraceChannel;
  readonly once?: Idempotency | undefined;
}

/** @throws {@link Rejected} `not-found` */
export async function organizationOr404(hub: Hub, id: OrganizationId): Promise<Organization> {
  const found = await readOrganization(hub.table, id);
  if (!found) throw new Rejected('not-found');
  return found;
}

/** Other records that are named must be there, and none is its own branch or goes through itself. */
async function assertNamed(hub: Hub, { parent, consignee }: OrganizationInput, own?: OrganizationId): Promise<void> {
  const named = [
    ['/parent', parent],
    ['/consignee/through', consignee.through],
  ] as const;
  for (const [pointer, id] of named) {
    if (id === undefined) continue;
    const isThere = id !== own && (await readOrganization(hub.table, id)) !== undefined;
    if (!isThere) throw new Rejected('invalid', { fields: [{ pointer, code: 'not-found' }] });
  }
}

async function keep(hub: Hub, organization: Organization, step: OrganizationStep, how: How): Promise<Organization> {
  const { id } = organization;
  const by = actorOf({ type: 'member', member: how.member });
  const { on } = step;
  const told = toldNow({
    type: 'organization-record',
    by,
    door: how.door,
    organization: id,
    on,
    digest: organizationDigest(organization),
  });
  const writes = await keepingOrganization(hub, organization, step);
  try {
    await transactTraced(hub.table, [...writes, ...remembering(hub.table, how.once, id)], told);
    return organization;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const first = await replay(hub.table, how.once);
    if (first) return organizationOr404(hub, OrganizationId.parse(first));
    // somebody changed the record meanwhile, or another record has one of its numbers
    if (error.index === 0) throw new Rejected('record-changed');
    throw new Rejected('number-taken', { params: { record: String(error.item?.id ?? '') } });
  }
}

function stepOf(
  member: Member,
  at: string,
  on: OrganizationStep['on'],
  more: Partial<OrganizationStep>,
): OrganizationStep {
  return { at: instant(Date.parse(at)), by: { member: member.id, party: member.party }, on, fields: [], ...more };
}

/**
 * Enters the record of an organization.
 * @throws {@link Rejected} `forbidden`, a problem for every wrong field, or `number-taken` where another record has its number
 */
export async function enterOrganization(hub: Hub, body: unknown, how: How): Promise<Organization> {
  assertMay({ type: 'member', member: how.member }, 'enter-organization');
  const input = parseInput(OrganizationInput, body);
  const done = await replay(hub.table, how.once);
  if (done) return organizationOr404(hub, OrganizationId.parse(done));
  await assertNamed(hub, input);
  const at = instant(Date.now());
  const organization: Organization = {
    ...input,
    id: newOrganizationId(),
    version: 1,
    enteredAt: at,
    changedAt: at,
    checks: [],
  };
  return keep(hub, organization, stepOf(how.member, at, 'entered', {}), how);
}

/**
 * Changes a record over the version that was read; its checks stay.
 * @throws {@link Rejected} `not-found`, `forbidden`, `record-changed`, `number-taken`, or a problem for every wrong field
 */
export async function changeOrganization(hub: Hub, id: OrganizationId, body: unknown, how: How): Promise<Organization> {
  const before = await organizationOr404(hub, id);
  assertMay({ type: 'member', member: how.member }, 'change-organization');
  const { version, reason, ...input } = parseInput(OrganizationChange, body);
  const done = await replay(hub.table, how.once);
  if (done) return organizationOr404(hub, OrganizationId.parse(done));
  if (version !== before.version) throw new Rejected('record-changed');
  await assertNamed(hub, input, id);
  const at = instant(Date.now());
  const { enteredAt, checks } = before;
  const after: Organization = { ...input, id, version: version + 1, enteredAt, changedAt: at, checks };
  const names = OrganizationInput.keyof().options;
  const fields = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return keep(hub, after, stepOf(how.member, at, 'changed', { fields, reason }), how);
}

/**
 * Writes down what somebody found out about an organization.
 * @throws {@link Rejected} `not-found`, `forbidden`, `record-changed`, or a problem for every wrong field
 */
export async function checkOrganization(hub: Hub, id: OrganizationId, body: unknown, how: How): Promise<Organization> {
  const before = await organizationOr404(hub, id);
  const { member } = how;
  assertMay({ type: 'member', member }, 'check-organization');
  const input = parseInput(CheckInput, body);
  const now = Date.now();
  const today = localDate(now);
  assertDay('/on', input.on, { to: today }, today);
  if (input.until !== undefined) assertDay('/until', input.until, { from: input.on }, today);
  const done = await replay(hub.table, how.once);
  if (done) return organizationOr404(hub, OrganizationId.parse(done));
  const at = instant(now);
  const check = { ...input, at, by: { member: member.id, party: member.party } };
  const checks = [...before.checks, check].slice(-MOST_CHECKS);
  const after: Organization = { ...before, version: before.version + 1, changedAt: at, checks };
  return keep(hub, after, stepOf(member, at, 'checked', { fields: ['checks'], check: input.what }), how);
}

/**
 * Says of two records that they are of one body, of two, or that this one is a branch of the other: once, until it is taken back.
 * @throws {@link Rejected} `not-found`, `forbidden`, `already-exists` where somebody has said something, or a problem for a wrong field
 */
export async function sayOfOrganization(hub: Hub, id: OrganizationId, body: unknown, how: How): Promise<Organization> {
  const organization = await organizationOr404(hub, id);
  const { member, door, once } = how;
  assertMay({ type: 'member', member }, 'say-organization');
  const { about, says, reason } = parseInput(SayingInput, body);
  if (await replay(hub.table, once)) return organization;
  if (about === id || !(await readOrganization(hub.table, about))) {
    throw new Rejected('invalid', { fields: [{ pointer: '/about', code: 'not-found' }] });
  }
  const by = actorOf({ type: 'member', member });
  const on = `said-${says}` as const;
  const digest = organizationDigest(organization);
  const told = toldNow({ type: 'organization-record', by, door, organization: id, about, on, digest }, reason);
  const saying = { about, says, by: { member: member.id, party: member.party }, at: told.trace.at, reason };
  try {
    const writes = [...keepingSaying(hub.table, id, saying), ...remembering(hub.table, once, id)];
    await transactTraced(hub.table, writes, told);
  } catch (error) {
    if (error instanceof ConditionFailed) throw new Rejected('already-exists');
    throw error;
  }
  return organization;
}

/**
 * Takes back what was said of two records, with the reason: they are proposed again.
 * @throws {@link Rejected} `not-found` also where nothing was said, `forbidden`, or a problem for a wrong field
 */
export async function takeBackSaying(
  hub: Hub,
  id: OrganizationId,
  about: OrganizationId,
  body: unknown,
  how: How,
): Promise<Organization> {
  const organization = await organizationOr404(hub, id);
  const { member, door, once } = how;
  assertMay({ type: 'member', member }, 'say-organization');
  const { reason } = parseInput(TakeBackInput, body);
  if (await replay(hub.table, once)) return organization;
  const by = actorOf({ type: 'member', member });
  const digest = organizationDigest(organization);
  const told = toldNow(
    { type: 'organization-record', by, door, organization: id, about, on: 'taken-back', digest },
    reason,
  );
  try {
    const writes = [...takingBackSaying(hub.table, id, about), ...remembering(hub.table, once, id)];
    await transactTraced(hub.table, writes, told);
  } catch (error) {
    if (error instanceof ConditionFailed) throw new Rejected('not-found');
    throw error;
  }
  return organization;
}
