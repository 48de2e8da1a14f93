import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Digest, DigestEntry } from '../../shared/domain/digest.ts';
import { CaseEvent } from '../../shared/domain/event.ts';
import { Interest } from '../../shared/domain/interest.ts';
import { Invitation } from '../../shared/domain/invitation.ts';
import { Job, JobPart, RowResult } from '../../shared/domain/jobs/job.ts';
import { rowSchemas } from '../../shared/domain/jobs/kinds.ts';
import { Letter } from '../../shared/domain/letter.ts';
import { UnsentMail } from '../../shared/domain/mail.ts';
import { Address } from '../../shared/domain/organization.ts';
import { Member, Offer, Party } from '../../shared/domain/party.ts';
import { classed, classOf, partsOf } from '../../shared/domain/privacy/classes.ts';
import { inParts, whole } from '../../shared/domain/privacy/personal-part.ts';
import { Referral } from '../../shared/domain/referral/referral.ts';
import { StandIns } from '../../shared/domain/stand-in.ts';
import { Task } from '../../shared/domain/task.ts';
import { Trace } from '../../shared/domain/trace.ts';
import { Organization, OrganizationStep, Saying } from '../../shared/entities/organizations/organization.ts';
import { Programme } from '../../shared/entities/programme/programme.ts';
import { Case } from '../../shared/kinds/case.ts';
import { Draft } from '../../shared/kinds/draft.ts';
import { FormRoster, FormRosterRows } from '../../shared/store/form-rosters.ts';
import { SweepRun } from '../../shared/store/health.ts';
import { FilePart, Imported, ImportPlan, NeedPlan, RemarkList } from '../../shared/store/imports.ts';
import { Removal } from '../../shared/store/parties.ts';
import { RosterRows } from '../../shared/store/rosters.ts';
import { OwnSession, Session } from '../../shared/store/sessions.ts';
import { Reason } from '../../shared/store/traces.ts';
import { TypedPart } from '../../shared/store/typed-forms.ts';

/** The schema of each sort of item in the table. */
const stored: Readonly<Record<string, z.ZodType>> = {
  case: Case,
  event: CaseEvent,
  task: Task,
  party: Party,
  member: Member,
  programme: Programme,
  offer: Offer,
  organization: Organization,
  'organization-step': OrganizationStep,
  'organization-said': Saying,
  'roster-rows': RosterRows,
  'form-roster': FormRoster,
  'form-roster-rows': FormRosterRows,
  'typed-part': TypedPart,
  import: ImportPlan,
  'import-need': NeedPlan,
  'import-file': FilePart,
  'import-remarks': RemarkList,
  imported: Imported,
  session: Session,
  trace: Trace,
  interest: Interest,
  invitation: Invitation,
  address: Address,
  draft: Draft,
  letter: Letter,
  removal: Removal,
  'session-of': OwnSession,
  'stand-ins': StandIns,
  referral: Referral,
  'sweep-run': SweepRun,
  'mail-waiting': UnsentMail,
  'mail-given-up': UnsentMail,
  digest: Digest,
  'digest-entry': DigestEntry,
  job: Job,
  'job-row': z.object({ row: z.union(Object.values(rowSchemas)), result: RowResult.optional() }),
  'job-part': JobPart,
};
/** Items of keys, hashes and dates alone, which no schema describes. */
const bare = [
  'once',
  'address-owner',
  'mailbox-owner',
  'token',
  'cover-days',
  'covered',
  'referral-of',
  'person',
  'people',
  'ended-session',
  'data-key',
  'trace-head',
  'erasures',
  'anchored',
  'looking',
  'undeliverable',
  'job-run',
  'open-job',
  'job-of',
  'rekeying',
  'organization-by',
  'case-named',
];

/** The fields of a schema that have no class: neither their own, nor that of something personal or secret around them. */
function unclassed(schema: z.core.$ZodType, path: string, covered = false): string[] {
  const own = classOf(schema);
  if (own === 'personal' || own === 'secret') return [];
  const parts = partsOf(schema);
  // of what can only be one of some words nobody is told anything
  if (schema instanceof z.ZodLiteral || schema instanceof z.ZodEnum) return [];
  if (parts.length === 0) return own || covered ? [] : [path];
  // a class on an object does not reach into it: a new field of it must be given its own
  return parts.flatMap(([name, part]) =>
    unclassed(
      part,
      name === undefined ? path : `${path}.${name}`,
      name === undefined && (covered || own !== undefined),
    ),
  );
}

/** The fields of a schema that are personal, each once, whatever is inside them. */
function personalIn(schema: z.core.$ZodType, path: string): string[] {
  if (classOf(schema) === 'personal') return [path];
  const found = partsOf(schema).flatMap(([name, part]) =>
    personalIn(part, name === undefined ? path : `${path}.${name}`),
  );
  return [...new Set(found)];
}

const byContact = 'goes and is given out with the case that its contact, recipient or volunteer is found in';
const ofWhoDecides =
  'the name of a member who acted: the membership is found; who decided stays accountable for as long as the case keeps what is personal';
const aDay = 'a roster in a form that was not sent yet: kept a day at most, for whoever has the form';
const aWeek = 'an import on its way: kept a week at most, for the coordinator who is working on it';
/**
 * What is personal, and how a person who asks what is kept about them is told of it: `found` by the search of
 * `shared/persons/person-request.ts`, or why not.
 */
const toldOf: Readonly<Record<string, 'found' | (string & {})>> = {
  'case.contact.name': 'found',
  'case.contact.phone': 'found',
  'case.contact.email': 'found',
  'case.delivery.address': 'found',
  'case.delivery.recipient': 'found',
  'case.delivery.phone': 'found',
  'roster-rows.volunteers': 'found',
  'form-roster.hash': aDay,
  'form-roster.first': aDay,
  'form-roster.leftOut': aDay,
  'form-roster-rows.rows': aDay,
  'form-roster-rows.problems': aDay,
  'typed-part.base64': 'what was typed in a form that waits for its file: kept a day at most, for whoever has the form',
  'draft.answers': 'found',
  'referral.person': 'found',
  'referral.help': 'found',
  'member.name': 'found',
  'member.email': 'found',
  'invitation.email': 'found',
  'address.email': 'found',
  'case.leftOut': byContact,
  'case.lines.written': byContact,
  'case.note': byContact,
  'case.consignment.note': byContact,
  'case.report': byContact,
  'case.report.summary': byContact,
  'case.report.evidence': byContact,
  'case.purpose': byContact,
  'case.answers': byContact,
  'case.decisions.reason': byContact,
  'case.decisions.name': ofWhoDecides,
  'case.decisions.inPlaceOf': ofWhoDecides,
  'task.closedByName': ofWhoDecides,
  'task.closedInPlaceOf': ofWhoDecides,
  'draft.savedByName': ofWhoDecides,
  'case.mailHash': 'a keyed hash of the address that the case is found by',
  'case.roster.hash': 'binds the rows of the roster, which are found',
  'case.salt': 'random, and says nothing of anybody',
  'case.decisions.salt': 'random, and says nothing of anybody',
  'member.salt': 'random, and says nothing of anybody',
  'trace-reason.salt': 'random, and says nothing of anybody',
  'trace-reason.reason':
    'why a member did something, by whom and about which case the trail says; erased by its period',
  'offer.note': 'what a donor writes of goods to everybody who matches them, of no person',
  'import.columns.header': aWeek,
  'import.ignored': aWeek,
  'import.hidden': aWeek,
  'import.choices': aWeek,
  'import.sheets.name': aWeek,
  'import.sheets.columns.header': aWeek,
  'import.sheets.columns.sample': aWeek,
  'import-file.base64': aWeek,
  'import-need.body': aWeek,
  'import-need.sources.sheet': aWeek,
  'import-remarks.remarks.sheet': aWeek,
  'import-remarks.remarks.value': aWeek,
};

describe('what is personal', () => {
  it('is found when a person asks what is kept about them, or is listed with why not', () => {
    const schemas = { ...stored, 'trace-reason': Reason };
    const personal = Object.entries(schemas).flatMap(([entity, schema]) => personalIn(schema, entity));
    expect(new Set(personal)).toEqual(new Set(Object.keys(toldOf)));
  });
});

describe('every field of what is stored', () => {
  it.each(Object.entries(stored))('has a class: %s', (entity, schema) => {
    expect(unclassed(schema, entity)).toEqual([]);
  });

  it('is looked at: no sort of item is left out', () => {
    const folder = join(import.meta.dirname, '../../shared/store');
    const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    const written = sources.flatMap((text) =>
      [...text.matchAll(/entity: '([a-z-]+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(new Set(written)).toEqual(new Set([...Object.keys(stored), ...bare]));
  });

  it('would be missed without a class, in whatever it is wrapped', () => {
    const odd = z.object({
      ...classed('party', { a: z.string() }),
      b: z.array(z.object({ ...classed('personal', { c: z.string() }), d: z.string().optional() })).default([]),
      ...classed('party', { e: z.object({ f: z.int() }) }),
    });
    expect(unclassed(odd, 'odd')).toEqual(['odd.b.d', 'odd.e.f']);
  });
});

describe('the personal part of a value', () => {
  const schema = z.object({
    ...classed('party', { place: z.string() }),
    ...classed('personal', { name: z.string().optional(), answers: z.record(z.string(), z.string()) }),
    decisions: z.array(
      z.object({
        ...classed('public', { at: z.int() }),
        ...classed('personal', { reason: z.string().optional() }),
        by: z.object({ ...classed('personal', { mail: z.string() }), ...classed('party', { role: z.string() }) }),
      }),
    ),
  });
  const secret = fc.string({ minLength: 1 }).map((text) => `mark-${text}`);
  const value = fc.record({
    place: fc.constantFrom('a', 'b'),
    name: fc.option(secret, { nil: undefined }),
    answers: fc.dictionary(fc.stringMatching(/^[a-z]+$/), secret),
    decisions: fc.array(
      fc.record({
        at: fc.integer(),
        reason: fc.option(secret, { nil: undefined }),
        by: fc.record({ mail: secret, role: fc.constantFrom('x', 'y') }),
      }),
    ),
  });

  it('and the rest make the whole again, also through JSON', () => {
    fc.assert(
      fc.property(value, (each) => {
        const { clear, personal } = inParts(schema, each);
        const stored = (part: unknown): unknown => JSON.parse(JSON.stringify(part ?? null));
        expect(schema.parse(whole(stored(clear), stored(personal)))).toEqual(schema.parse(stored(each)));
      }),
    );
  });

  it('is that of its own kind, where a name means something else in another', () => {
    const either = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a'), ...classed('personal', { report: z.string() }) }),
      z.object({
        kind: z.literal('b'),
        report: z.object({ ...classed('personal', { words: z.string() }), ...classed('party', { spent: z.int() }) }),
      }),
    ]);
    expect(inParts(either, { kind: 'a', report: 'w' })).toEqual({ clear: { kind: 'a' }, personal: { report: 'w' } });
    expect(inParts(either, { kind: 'b', report: { words: 'w', spent: 1 } })).toEqual({
      clear: { kind: 'b', report: { spent: 1 } },
      personal: { report: { words: 'w' } },
    });
  });

  it('is all that is personal: the rest has none of it', () => {
    fc.assert(
      fc.property(value, (each) => {
        expect(JSON.stringify(inParts(schema, each).clear)).not.toContain('mark-');
      }),
    );
  });
});
