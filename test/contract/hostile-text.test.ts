import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { compose } from '../../functions/notify/compose.ts';
import { createSite } from '../../functions/site/app.tsx';
import { submitCase } from '../../shared/case/submit.ts';
import { secretOf } from '../../shared/case/track.ts';
import type { Kind } from '../../shared/domain/ids.ts';
import { languages } from '../../shared/domain/language.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import { demoProgramme, submissionOf } from '../engine/walk.ts';
import { openProgramme } from '../factory/hub.ts';
import { readers } from '../factory/readers.ts';
import { noFiles } from '../fake/no-files.ts';
import { type ConsoleStand, startConsole } from './console-stand.ts';

const attacks = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg onload=alert(1)>",
  '</textarea></title><script>alert(1)</script>',
  '&lt;b&gt;<script>alert(1)</script>',
];
/** None of the attacks as markup; a browser sees text, whatever it is. */
const ALIVE = /<script>alert|<img src=x|<svg onload/;

/** Fields that take whatever a person types: everything else has a form of its own. */
const FREE = new Set([
  'organization',
  'item',
  'specification',
  'address',
  'recipient',
  'note',
  'purpose',
  'description',
  'activity',
  'beneficiaries',
]);

/** A body with an attack in every field that takes free text. */
function attacked(body: unknown, attack: string): unknown {
  return JSON.parse(JSON.stringify(body), (key, value: unknown) =>
    typeof value === 'string' && FREE.has(key) ? attack : value,
  );
}

let stand: ConsoleStand;
beforeAll(async () => {
  stand = await startConsole();
  await openProgramme(stand.hub, demoProgramme());
});
afterAll(() => stand.stop());

async function pagesOf(subject: Case): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  for (const language of languages) {
    for (const person of ['hub-coordinator', 'funder-approver', 'insurer']) {
      const reader = await stand.as(person, language);
      for (const path of ['/console', `/console/cases?kind=${subject.kind}`, `/console/cases/${subject.id}`])
        pages.set(`${language} ${person} ${path}`, (await reader.get(path)).html);
    }
    const site = createSite({ hub: stand.hub, incoming: noFiles });
    const secret = await secretOf(stand.hub, subject);
    for (const path of [`/track/${secret}`, `/track/${secret}/sent`, `/track/${secret}/withdraw`]) {
      const response = await site.request(`http://hub.test${path}?lang=${language}`);
      pages.set(`${language} ${path}`, await response.text());
    }
  }
  return pages;
}

describe('what somebody typed', () => {
  it.each(
    (['need', 'grant', 'insurance'] as const).flatMap((kind) => attacks.map((attack) => [kind, attack] as const)),
  )('into a %s comes out as text on every page and in every mail: %s', async (kind: Kind, attack) => {
    const { subject } = await submitCase(stand.hub, kind, { body: attacked(submissionOf(kind), attack) });
    await stand.carryOn(subject.id);
    const pages = await pagesOf(subject);
    for (const [page, html] of pages)
      expect({ page, alive: ALIVE.exec(html)?.[0] }).toEqual({ page, alive: undefined });
    const seen = [...pages.values()].join('\n');
    expect(seen).toContain('&lt;');
    const file = await readCaseFile(stand.hub.table, subject.id);
    for (const event of file?.events ?? []) {
      for (const reader of readers) {
        const mail = compose(event, subject, undefined, reader, 'https://x/');
        const { html, subject: line } = z.object({ html: z.string(), subject: z.string() }).parse(mail);
        expect(html).not.toMatch(ALIVE);
        expect(line).not.toMatch(/[<>\r\n]/);
      }
    }
  });
});
