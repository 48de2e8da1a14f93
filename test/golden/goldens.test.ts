import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../functions/api/openapi/document.ts';
import { compose } from '../../functions/notify/compose.ts';
import { letterText } from '../../functions/notify/letter-texts.ts';
import type { CaseEvent } from '../../shared/domain/event.ts';
import { type Kind, kinds, MemberId, TaskId } from '../../shared/domain/ids.ts';
import { languages } from '../../shared/domain/language.ts';
import { Task } from '../../shared/domain/task.ts';
import { lifecycleOf, stagesOf } from '../../shared/kinds/lifecycle.ts';
import { caseItem } from '../../shared/store/case-item.ts';
import { readers } from '../factory/readers.ts';
import { definitionText } from '../workflow/jieli/definitions.ts';
import { wholeCase } from './whole-cases.ts';

const at = '2020-02-03T04:00:00.000Z';
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

// `npm run goldens` writes these files anew: whoever changes what others see looks at the difference
describe('what others see is what the files in test/golden say', () => {
  it('the API’s document', async () => {
    const place = { base: 'https://hub.example.org', issuer: 'https://issuer.example.org/', now: Date.parse(at) };
    const { paths, components, ...rest } = openApiDocument(place);
    const schemas = byName(components.schemas);
    const document = { ...rest, paths: byName(paths), components: { ...components, schemas } };
    await expect(json(document)).toMatchFileSnapshot('openapi.json');
  });

  it.each(kinds)('a stored %s in each of its stages, with everything that it may have there', async (kind) => {
    const items = Object.fromEntries(stagesOf(kind).map((stage) => [stage, caseItem(wholeCase(kind, stage))]));
    await expect(json(items)).toMatchFileSnapshot(`stored/${kind}.json`);
  });

  it.each(kinds)('the state machine of a %s', async (kind) => {
    await expect(json(JSON.parse(definitionText(kind)))).toMatchFileSnapshot(`workflows/${kind}.json`);
  });

  it.each(languages)('every mail, in %s', async (language) => {
    const mails = kinds.flatMap((kind) => mailsOf(kind, language));
    const letters = Object.entries(letterText[language]).map(([name, text]) => `# letter: ${name}\n${json(text)}`);
    await expect([...mails, ...letters].join('\n')).toMatchFileSnapshot(`mails/${language}.txt`);
  });
});

/** In an order that says nothing: where an operation or a schema stands in the code changes no file. */
function byName<T>(named: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Who is never told of what the other is. */
const notTold: Partial<Record<CaseEvent['type'], 'applicant' | 'member'>> = {
  'mail-undelivered': 'applicant',
  'member-unreached': 'applicant',
  'mail-resumed': 'member',
};

/** Each event of a case's way that somebody is told of, as it reads to the applicant and to a member. */
function mailsOf(kind: Kind, language: (typeof languages)[number]): string[] {
  const first = lifecycleOf(kind)[0]?.to ?? '';
  const begin = { caseId: wholeCase(kind, first).id, kind, version: 9, at, by: { type: 'workflow' as const } };
  const base = { ...begin, hub: wholeCase(kind, first).hub };
  const task = TaskId.parse(`${base.caseId}-8`);
  const changes = lifecycleOf(kind).map(
    ({ from, to, on }): CaseEvent => ({ ...base, type: 'stage-changed', stage: to, from, on }),
  );
  const others: CaseEvent[] = [
    { ...base, type: 'submitted', stage: 'submitted', run: 1 },
    { ...base, type: 'submitted', stage: 'submitted', run: 1, parent: base.caseId },
    { ...base, type: 'task-opened', stage: first, openedTask: task },
    { ...base, type: 'reminded', stage: first, task, round: 1 },
    { ...base, type: 'escalated', stage: first, task, round: 1 },
    { ...base, type: 'handed-over', stage: first, task },
    { ...base, type: 'link-revoked', stage: first },
    { ...base, type: 'stuck', stage: first, openedTask: task },
    { ...base, type: 'mail-undelivered', stage: first, why: 'refused' },
    { ...base, type: 'mail-undelivered', stage: first, why: 'given-up' },
    { ...base, type: 'member-unreached', stage: first, why: 'bounced', whose: MemberId.parse('m'), party: base.hub },
    { ...base, type: 'mail-resumed', stage: first },
    ...(kind === 'insurance' ? [{ ...base, type: 'ending-soon' as const, stage: 'active' }] : []),
  ];
  const asked = Task.parse({
    id: task,
    caseId: base.caseId,
    kind,
    hub: base.hub,
    organization: '测试医院',
    stage: first,
    status: 'open',
    assignee: { type: 'party', party: 'hub', roles: ['coordinator'] },
    outcomes: ['verified'],
    round: 0,
    openedAt: at,
    dueAt: at,
  });
  const seen = new Set<string>();
  return [...others, ...changes].flatMap((event) =>
    readers
      .filter((reader) => reader.language === language && reader.as !== notTold[event.type])
      .flatMap((reader) => {
        const subject = wholeCase(kind, event.stage);
        const { subject: line, text } = compose(event, subject, asked, reader, 'https://hub.example.org/link');
        const mail = `Subject: ${line}\n\n${text}\n`;
        if (seen.has(mail)) return [];
        seen.add(mail);
        const what = event.type === 'stage-changed' ? `${event.from} → ${event.stage}: ${event.on}` : event.type;
        return [`# ${kind}, ${what}, to ${reader.as}\n${mail}`];
      }),
  );
}
