import { createSite } from '../../functions/site/app.tsx';
import { closeProgramme, createProgramme } from '../../shared/case/catalogue.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { presentConsent } from '../../shared/domain/consent.ts';
import { type CaseId, type Kind, kinds, MemberId, ProgrammeId } from '../../shared/domain/ids.ts';
import type { Member } from '../../shared/domain/party.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { caseOfSecret } from '../../shared/secrets/private-link.ts';
import { listCases, readCaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { membershipsOf } from '../../shared/store/parties.ts';
import { carryOn } from '../engine/carry-on.ts';
import { startHub } from '../engine/hub-stand.ts';
import { startIncoming } from '../engine/incoming-stand.ts';
import { aHubOfPeople } from '../engine/people.ts';
import { policedTable } from '../engine/policed-table.ts';

export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** where a redirect leads */
  readonly location: string;
}

/** The site on the real engine, with the parties of the demo. */
export interface SiteStand {
  readonly hub: Hub;
  get(path: string, headers?: Record<string, string>, event?: object): Promise<Seen>;
  /** Sends a form as a browser does; the gateway's event says from where. */
  post(path: string, fields: Fields, headers?: Record<string, string>, event?: object): Promise<Seen>;
  send(path: string, init: RequestInit, event?: object): Promise<Seen>;
  /** Does what the workflow does until the case waits for somebody. */
  carryOn(secret: string): Promise<Case>;
  /** A member of the hub, the funder or the insurer answers the open task. */
  answer(secret: string, person: string, body: object): Promise<Case>;
  /** how many cases there are */
  count(): Promise<number>;
  /** A programme that is open; gives its id. */
  programme(changes?: object): Promise<string>;
  closeProgramme(id: string): Promise<void>;
  stop(): Promise<void>;
}

export type Fields = Readonly<Record<string, string>>;

/** Starts everything; takes about a second. */
export async function startSite(): Promise<SiteStand> {
  const { hub, stop } = await startHub(aHubOfPeople);
  const files = await startIncoming('site');
  const site = createSite({
    hub: { ...hub, table: await policedTable(hub.table, 'site') },
    incoming: files.incoming,
  });
  const member = async (person: string): Promise<Member> => {
    const [first] = await membershipsOf(hub.table, MemberId.parse(person));
    if (!first) throw new Error(`nobody is called ${person}`);
    return first;
  };
  const idOf = (secret: string): CaseId => {
    const id = caseOfSecret(secret);
    if (!id) throw new Error(`${secret} is no link`);
    return id;
  };
  const send = async (path: string, init: RequestInit, event?: object): Promise<Seen> => {
    const response = await site.request(`http://hub.test${path}`, init, event);
    const html = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      html,
      location: response.headers.get('location') ?? '',
    };
  };
  return {
    hub,
    send,
    get: (path, headers = {}, event = {}) => send(path, { headers }, event),
    post: (path, fields, headers = {}, event = {}) =>
      send(path, { method: 'POST', body: new URLSearchParams(fields), headers }, event),
    carryOn: (secret) => carryOn(hub, idOf(secret)),
    async answer(secret, person, body) {
      const file = await readCaseFile(hub.table, idOf(secret));
      const task = file?.tasks.find((one) => one.status === 'open');
      if (!task) throw new Error(`${secret} waits for nobody`);
      await decideTask(hub, task.id, body, { type: 'member', member: await member(person) });
      return carryOn(hub, task.caseId);
    },
    async count() {
      const pages = await Promise.all(
        kinds.map((kind: Kind) => listCases(hub.table, { as: 'hub', party: hub.hub, kind, limit: 100 })),
      );
      return pages.reduce((sum, page) => sum + page.items.length, 0);
    },
    async programme(changes = {}) {
      const body = {
        name: '运输资助',
        nameEn: 'Transport fund',
        purpose: '租车运货。',
        ceiling: 5_000_000,
        budget: 60_000_000,
        secondApprovalAbove: 3_000_000,
        closesOn: '2099-12-31',
        questions: [{ id: 'people', text: '多少人受益？' }],
        ...changes,
      };
      return (await createProgramme(hub, body, await member('programme-manager'))).id;
    },
    async closeProgramme(id) {
      await closeProgramme(hub, ProgrammeId.parse(id), await member('programme-manager'));
    },
    async stop() {
      await files.stop();
      await stop();
    },
  };
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity);
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : unescaped(value);
}

/** What a browser would send for the form on a page, buttons left out. */
export function fieldsOf(html: string): Record<string, string> {
  const main = html.slice(html.indexOf('<main'));
  const fields: Record<string, string> = {};
  for (const [tag, kind] of main.matchAll(/<(input|select|textarea)\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const type = attribute(tag, 'type');
    // of several forms that of the first is sent
    if (!name || type === 'file' || (type === 'hidden' && name in fields)) continue;
    const from = main.indexOf(tag);
    if (kind === 'textarea') {
      const content = main.slice(from + tag.length, main.indexOf('</textarea>', from));
      fields[name] = unescaped(content.replace(/^\n/, ''));
    } else if (kind === 'select') {
      const options = main.slice(from, main.indexOf('</select>', from));
      fields[name] = attribute(/<option[^>]*\sselected[^>]*>/.exec(options)?.[0] ?? '', 'value') ?? '';
    } else if ((type !== 'radio' && type !== 'checkbox') || / checked/.test(tag)) {
      fields[name] = attribute(tag, 'value') ?? '';
    }
  }
  return fields;
}

/** The secret in the address of a case that was just sent. */
export function secretIn(location: string): string {
  const secret = /\/track\/([^/?]+)/.exec(location)?.[1];
  if (!secret) throw new Error(`no private link in "${location}"`);
  return secret;
}

/** The page's problems as its summary lists them. */
export function problemsIn(html: string): string[] {
  const summary = /<section class="error-summary".*?<\/section>/s.exec(html)?.[0] ?? '';
  return [...summary.matchAll(/<a href="#[^"]*">([^<]*)<\/a>/g)].map((match) => unescaped(match[1] ?? ''));
}

/** Who asks, as every form takes it. */
export const who: Fields = {
  organization: '黄梅县第三人民医院',
  organizationType: 'hospital',
  'place.province': '湖北',
  'place.city': '黄冈市',
  'place.district': '黄梅县',
  'contact.name': '李护士长',
  'contact.phone': '0713-3331234',
  'contact.email': 'li@example.org',
  consent: presentConsent,
};

/** Everything that the form for a need asks. */
export const need: Fields = {
  ...who,
  urgency: 'urgent',
  careTier: 'suspected',
  'delivery.address': '人民大道 12 号',
  'lines.0.item': '医用防护口罩',
  'lines.0.quantity': '5,000',
  'lines.0.unit': '只',
  'lines.1.item': '防护服',
  'lines.1.quantity': '',
};
