import { assertMay } from '../../../shared/answering/acting.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { Role, roles } from '../../../shared/domain/party.ts';
import { type Action, type PermissionRow, permissions, type Who } from '../../../shared/domain/permissions.ts';
import type { Relation } from '../../../shared/domain/relation.ts';
import { domainText } from '../../../shared/i18n/domain.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { partyNameIn } from '../../../shared/i18n/names.ts';
import { formView } from '../../web/form-view.ts';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext } from '../door.ts';
import { rolesText, showPage } from '../frame.tsx';
import { FilterSelect } from '../lists/filter-select.tsx';
import { frameText } from '../texts/frame.ts';
import { permissionText } from '../texts/permissions.ts';
import { rightsInWords } from './rights-in-words.ts';

/** Everybody who can be named in the table, in the order of a case's way: applicants first. */
const everybody: readonly Who[] = ['public', 'link', ...roles, 'workflow'];

function nameOf(language: Language, who: Who): string {
  if (who === 'public' || who === 'link' || who === 'workflow') return permissionText[language].people[who];
  return domainText[language].roles[who];
}

/** Those who may do it, together where they may in the same relations. */
function together(action: Action): { readonly who: Who[]; readonly relations: readonly Relation[] }[] {
  const row: PermissionRow = permissions[action];
  const found = new Map<string, { who: Who[]; relations: readonly Relation[] }>();
  for (const who of everybody) {
    const relations = row[who] ?? [];
    if (relations.length === 0) continue;
    const same = found.get(relations.join());
    if (same) same.who.push(who);
    else found.set(relations.join(), { who: [who], relations });
  }
  return [...found.values()];
}

function Allowed({ language, action }: { readonly language: Language; readonly action: Action }) {
  const { list } = frameText[language];
  const names = permissionText[language].relations;
  return (
    <ul class="plain">
      {together(action).map(({ who, relations }) => (
        <li>
          {who.map((one) => nameOf(language, one)).join(list)}
          <span class="sub">{relations.map((relation) => names[relation]).join(list)}</span>
        </li>
      ))}
    </ul>
  );
}

/** The one table of permissions as people read it, all of it or what one role may do; made from what every door asks. */
export function permissionsPage(c: ConsoleContext) {
  const { acting, member, language } = c.get('visit');
  assertMay(acting, 'see-permissions');
  const text = permissionText[language];
  const role = Role.safeParse(c.req.query('role')).data;
  const form = formView({ language, labels: { role: text.role }, value: () => role ?? '' });
  const groups = rightsInWords(language, c.get('areas')).map(({ title, actions }) => ({
    title,
    rows: actions.filter(({ action }) => {
      const row: PermissionRow = permissions[action];
      return !role || row[role];
    }),
  }));
  return showPage(c, {
    title: text.title,
    room: 'members',
    children: (
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
        <p class="small">
          {fill(text.size, { actions: Object.keys(permissions).length, roles: roles.length })}
          <br />
          {fill(text.applies, { party: partyNameIn(language, member), roles: rolesText(language, member) })}
        </p>
        <form method="get" action="/console/permissions" class="filters">
          <FilterSelect
            form={form}
            language={language}
            name="role"
            choices={roles.map((one) => ({ value: one, text: domainText[language].roles[one] }))}
          />
          <Submit text={text.show} />
          {role && (
            <a class="reset" href="/console/permissions">
              {text.reset}
            </a>
          )}
        </form>
        <p class="small">{text.nobodyElse}</p>
        {groups
          .filter(({ rows }) => rows.length > 0)
          .map(({ title, rows }) => (
            <section>
              <h2>{title}</h2>
              <table class="list stacked permissions">
                <thead>
                  <tr>
                    <th scope="col">{text.action}</th>
                    <th scope="col">{text.who}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map(({ action, said }) => (
                    <tr>
                      <th scope="row">
                        {said}
                        <code class="sub">{action}</code>
                      </th>
                      <td>
                        <Allowed language={language} action={action} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          ))}
        <section class="panel narrow">
          <h2>{text.rules}</h2>
          <ul>
            {text.always.map((rule) => (
              <li>{rule}</li>
            ))}
          </ul>
        </section>
      </>
    ),
  });
}
