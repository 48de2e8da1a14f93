import * as z from 'zod';
import {
  changeOrganization,
  checkOrganization,
  enterOrganization,
  organizationOr404,
  sayOfOrganization,
  takeBackSaying,
} from '../../../shared/case/keep-organization.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { OrganizationId } from '../../../shared/domain/ids.ts';
import {
  CheckInput,
  type Organization,
  OrganizationChange,
  OrganizationInput,
  SayingInput,
  TakeBackInput,
} from '../../../shared/entities/organizations/organization.ts';
import { readNumber } from '../../../shared/entities/organizations/registration.ts';
import { alikeOrganizations, listOrganizations, sayingsOf } from '../../../shared/store/organizations.ts';
import { type Asking, type At, actingMember, type Call } from '../call.ts';
import { once } from '../idempotency.ts';
import * as example from '../openapi/examples/organizations.ts';
import { apiRoot, json, operation } from '../operation.ts';
import { listOf } from '../views/list.ts';
import { OrganizationView, viewOrganization } from '../views/organization.ts';
import { Paging } from './paging.ts';

const text = z.string().max(120).optional();
const OrganizationsQuery = Paging.extend({
  name: text,
  province: text,
  city: text,
  district: text,
  scheme: text,
  number: text,
  telephone: text,
}).strict();

/** What was asked for, as records are compared. @throws Rejected `invalid` for a number that is none */
function describedBy(asked: z.infer<typeof OrganizationsQuery>) {
  const { name, number, scheme = 'CN-USCC', telephone, province = '', city = '', district = '' } = asked;
  if (name === undefined && number === undefined && telephone === undefined) return undefined;
  const read = number === undefined ? undefined : readNumber(scheme, number);
  if (read && !read.ok) throw new Rejected('invalid', { fields: [{ pointer: '/number', code: read.code }] });
  return {
    name: name ?? '',
    place: { province, city, district },
    registrations: read?.ok ? [{ scheme: read.scheme, number: read.number }] : [],
    telephones: telephone === undefined ? [] : [telephone],
  };
}

async function list(call: Asking<typeof OrganizationsQuery>) {
  const asked = call.asked();
  const described = describedBy(asked);
  if (described) {
    const found = await alikeOrganizations(call.hub, described);
    return {
      body: {
        items: found.slice(0, asked.limit).map((one) => viewOrganization(one.organization, one)),
        nextCursor: null,
      },
    };
  }
  const { items, nextCursor } = await listOrganizations(call.hub.table, asked.cursor, asked.limit);
  return { body: { items: items.map((one) => viewOrganization(one)), nextCursor } };
}

async function get(call: At<{ id: typeof OrganizationId }>) {
  const organization = await organizationOr404(call.hub, call.place('id'));
  return { body: viewOrganization(organization, undefined, await sayingsOf(call.hub.table, organization.id)) };
}

type How = Parameters<typeof enterOrganization>[2];

/** Has somebody change a record, once for each key. @param work what they do, with how it came */
async function doOnce(call: Call, work: (body: unknown, how: How) => Promise<Organization>): Promise<Organization> {
  const { member } = actingMember(call);
  const body = await call.json();
  return once(
    call,
    body,
    (key) => work(body, { member, door: 'api', once: key }),
    (id) => organizationOr404(call.hub, OrganizationId.parse(id)),
  );
}

async function enter(call: Call) {
  const made = await doOnce(call, (body, how) => enterOrganization(call.hub, body, how));
  return { body: viewOrganization(made), headers: { location: `${call.base}${apiRoot}/organizations/${made.id}` } };
}

async function change(call: At<{ id: typeof OrganizationId }>) {
  const id = call.place('id');
  const made = await doOnce(call, (body, how) => changeOrganization(call.hub, id, body, how));
  return { body: viewOrganization(made) };
}

async function check(call: At<{ id: typeof OrganizationId }>) {
  const id = call.place('id');
  const made = await doOnce(call, (body, how) => checkOrganization(call.hub, id, body, how));
  return { body: viewOrganization(made) };
}

async function withSayings(call: Call, made: Organization) {
  return { body: viewOrganization(made, undefined, await sayingsOf(call.hub.table, made.id)) };
}

async function say(call: At<{ id: typeof OrganizationId }>) {
  const id = call.place('id');
  return withSayings(call, await doOnce(call, (body, how) => sayOfOrganization(call.hub, id, body, how)));
}

async function takeBack(call: At<{ id: typeof OrganizationId; other: typeof OrganizationId }>) {
  const [id, other] = [call.place('id'), call.place('other')];
  return withSayings(call, await doOnce(call, (body, how) => takeBackSaying(call.hub, id, other, body, how)));
}

export const organizations = {
  listOrganizations: operation({
    method: 'get',
    path: '/organizations',
    access: 'token',
    action: 'see-organizations',
    summary: 'Records of organizations',
    description:
      'With a name, a number or a telephone: those that may be of this body, the surest first, each with `match`. A place tells bodies of one name apart. Otherwise all of them.',
    query: OrganizationsQuery,
    answer: { description: 'Records', schema: { OrganizationList: listOf(OrganizationView) } },
    handle: list,
  }),
  getOrganization: operation({
    method: 'get',
    path: '/organizations/{id}',
    access: 'token',
    action: 'see-organizations',
    places: { id: OrganizationId },
    summary: 'The record of an organization',
    answer: { description: 'The record', schema: { Organization: OrganizationView } },
    handle: get,
  }),
  enterOrganization: operation({
    method: 'post',
    path: '/organizations',
    access: 'token',
    action: 'enter-organization',
    summary: 'Enter the record of an organization',
    request: json({ OrganizationInput }, example.organization),
    answer: { status: 201, description: 'The record', schema: { Organization: OrganizationView } },
    refusals: ['number-taken'],
    handle: enter,
  }),
  changeOrganization: operation({
    method: 'post',
    path: '/organizations/{id}/changes',
    access: 'token',
    action: 'change-organization',
    places: { id: OrganizationId },
    summary: 'Change a record, with the reason',
    description: 'All of it, over the version that was read. Checks stay.',
    request: json({ OrganizationChange }, example.change),
    answer: { description: 'The record', schema: { Organization: OrganizationView } },
    refusals: ['record-changed', 'number-taken'],
    handle: change,
  }),
  checkOrganization: operation({
    method: 'post',
    path: '/organizations/{id}/checks',
    access: 'token',
    action: 'check-organization',
    places: { id: OrganizationId },
    summary: 'Write down a check of an organization',
    request: json({ OrganizationCheck: CheckInput }, example.check),
    answer: { description: 'The record', schema: { Organization: OrganizationView } },
    refusals: ['record-changed'],
    handle: check,
  }),
  sayOfOrganization: operation({
    method: 'post',
    path: '/organizations/{id}/sayings',
    access: 'token',
    action: 'say-organization',
    places: { id: OrganizationId },
    summary: 'Say of two records whether they are of one body',
    description: '`same`, `other`, or `branch`: this one is a branch of the other. Once, until it is taken back.',
    request: json({ OrganizationSaying: SayingInput }, example.saying),
    answer: { description: 'The record, with what was said', schema: { Organization: OrganizationView } },
    refusals: ['already-exists'],
    handle: say,
  }),
  takeBackSaying: operation({
    method: 'post',
    path: '/organizations/{id}/sayings/{other}/retraction',
    access: 'token',
    action: 'say-organization',
    places: { id: OrganizationId, other: OrganizationId },
    summary: 'Take back what was said of two records, with the reason',
    request: json({ TakeBack: TakeBackInput }, example.takeBack),
    answer: { description: 'The record, with what is said still', schema: { Organization: OrganizationView } },
    handle: takeBack,
  }),
};
