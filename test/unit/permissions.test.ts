import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { areaList } from '../../functions/console/areas.ts';
import { rightsInWords } from '../../functions/console/permissions/rights-in-words.ts';
import { type Acting, assertMay, assertMayEver, may, mayEver } from '../../shared/answering/acting.ts';
import { Rejected } from '../../shared/domain/errors.ts';
import { CaseId, MemberId, PartyId } from '../../shared/domain/ids.ts';
import { languages } from '../../shared/domain/language.ts';
import { leadRoleOf, Member, type PartyType, partyTypes, type Role, rolesOf } from '../../shared/domain/party.ts';
import { type Action, allowedIn, permissions } from '../../shared/domain/permissions.ts';
import { descendants } from '../../shared/store/hub-tree.ts';
import { aNeed } from '../factory/cases.ts';

const actions = Object.keys(permissions).filter((name): name is Action => name in permissions);

function member(party: string, partyType: PartyType, ...roles: Role[]): Member {
  const whose = { party: PartyId.parse(party), partyType, partyName: party };
  return Member.parse({ id: MemberId.parse('m'), ...whose, name: 'M', email: 'm@example.org', roles });
}

function refusalOf(what: () => void): string | undefined {
  try {
    what();
    return undefined;
  } catch (error) {
    if (error instanceof Rejected) return error.code;
    throw error;
  }
}

describe('roles', () => {
  it('belong to one type of party each, and none can be given in another', () => {
    for (const type of partyTypes) {
      for (const other of partyTypes) {
        for (const role of rolesOf[other]) {
          const given = () => member('pp', type, role);
          if (type === other) expect(given().roles).toEqual([role]);
          else expect(given).toThrow();
        }
      }
    }
  });

  it('that lead invite, change roles and remove in their own party, and nobody else does', () => {
    for (const action of ['invite-member', 'change-roles', 'remove-member'] as const) {
      for (const type of partyTypes) {
        for (const role of rolesOf[type]) {
          const acting: Acting = { type: 'member', member: member('pp', type, role) };
          expect(may(acting, action, { ownedBy: PartyId.parse('pp') })).toBe(role === leadRoleOf[type]);
          expect(may(acting, action, { ownedBy: PartyId.parse('qq') })).toBe(false);
        }
      }
    }
  });
});

describe('the table', () => {
  it('gives an operator nothing that is about a case', () => {
    expect(actions.filter((action) => allowedIn(action, 'operator').length > 0).sort()).toEqual([
      'change-roles',
      'invite-member',
      'remove-member',
      'see-members',
      'see-operations',
      'see-own-account',
      'see-permissions',
      'see-programmes',
      'send-mails-again',
    ]);
  });

  it('stands whole on the page that people read it on, each action once and in both languages', () => {
    for (const language of languages) {
      const named = rightsInWords(language, areaList).flatMap((group) => group.actions.map(({ action }) => action));
      expect(named.sort()).toEqual([...actions].sort());
    }
  });

  it('has no action that nothing in the program asks for', () => {
    const asked = ['functions', 'shared'].flatMap((room) => globSync(`${room}/**/*.{ts,tsx}`));
    const texts = asked
      // the table, and the words for it
      .filter((path) => !/domain\/permissions\.ts$|\/texts\//.test(path))
      .map((path) => readFileSync(path, 'utf8'));
    expect(actions.filter((action) => !texts.some((text) => text.includes(`'${action}'`)))).toEqual([]);
  });

  it('lets background work do its own and read cases, and nothing that a person decides', () => {
    expect(actions.filter((action) => allowedIn(action, 'workflow').length > 0).sort()).toEqual([
      'advance-case',
      'ask-party',
      'continue-workflow',
      'cover-people',
      'erase-in-time',
      'nudge-case',
      'read-case',
      'screen-case',
      'start-workflow',
      'tell-by-mail',
      'work-on-job',
    ]);
  });
});

describe('what may not be done', () => {
  const subject = aNeed();
  const hub = String(subject.hub);

  it('is not there for whoever may not see it, and is refused to whoever may', () => {
    const stranger: Acting = { type: 'member', member: member('other-hub', 'hub', 'lead') };
    const below = new Set([subject.hub]);
    const above: Acting = { type: 'member', member: member('province', 'hub', 'lead'), below };
    const auditor: Acting = { type: 'member', member: member('auditor', 'auditor', 'auditor') };
    expect(refusalOf(() => assertMay(stranger, 'read-case', subject))).toBe('not-found');
    expect(refusalOf(() => assertMay(stranger, 'answer-task', subject))).toBe('not-found');
    expect(refusalOf(() => assertMay(above, 'read-case', subject))).toBeUndefined();
    expect(refusalOf(() => assertMay(above, 'amend-case', subject))).toBe('forbidden');
    // the lead above may answer what had to go up to them, their coordinators nothing
    expect(refusalOf(() => assertMay(above, 'answer-task', subject))).toBeUndefined();
    const desk: Acting = { type: 'member', member: member('province', 'hub', 'coordinator'), below };
    expect(refusalOf(() => assertMay(desk, 'answer-task', subject))).toBe('forbidden');
    expect(refusalOf(() => assertMay(auditor, 'read-case', subject))).toBeUndefined();
    expect(refusalOf(() => assertMay(auditor, 'answer-task', subject))).toBe('forbidden');
    expect(refusalOf(() => assertMayEver(auditor, 'answer-task'))).toBe('forbidden');
  });

  it('by a link of another case is not there', () => {
    const link: Acting = { type: 'applicant', caseId: CaseId.parse('N000000009') };
    expect(refusalOf(() => assertMay(link, 'read-case', subject))).toBe('not-found');
    expect(refusalOf(() => assertMay({ ...link, caseId: subject.id }, 'read-case', subject))).toBeUndefined();
  });

  it('is whatever could not be looked up: without the hubs below, a parent sees its own cases alone', () => {
    const above: Acting = { type: 'member', member: member('province', 'hub', 'lead') };
    expect(may(above, 'read-case', subject)).toBe(false);
    expect(may({ type: 'member', member: member(hub, 'hub', 'lead') }, 'read-case', subject)).toBe(true);
  });

  it('by a member of the wrong type of party with a role of the same power stays denied', () => {
    const acting: Acting = { type: 'member', member: member(hub, 'hub', 'coordinator') };
    expect(mayEver(acting, 'publish-programme')).toBe(false);
    expect(may(acting, 'see-assessment', subject)).toBe(false);
  });
});

describe('hubs below a hub', () => {
  const party = (id: string, parent?: string) => ({
    id: PartyId.parse(id),
    type: 'hub' as const,
    name: id,
    ...(parent && { parent: PartyId.parse(parent) }),
  });

  it('are its children and theirs; a circle ends', () => {
    const all = [party('nation'), party('province', 'nation'), party('city', 'province'), party('elsewhere')];
    expect(descendants(all, PartyId.parse('nation'))).toEqual(['city', 'province']);
    expect(descendants(all, PartyId.parse('city'))).toEqual([]);
    expect(descendants([party('aa', 'bb'), party('bb', 'aa')], PartyId.parse('aa'))).toEqual(['bb']);
  });
});
