import * as z from 'zod';
import { presentConsent } from '../../../shared/domain/consent.ts';
import { AnyAnswer, type ApiClient, apiClient, Created } from '../api-client.ts';

/** What the story needs of the stack it is told to. */
export interface Stage {
  readonly url: string;
  token(person: string): Promise<string>;
  /** moves the clock and returns when what fell due has happened */
  advance(millis: number): Promise<void>;
  now(): number;
}

/** A case of the story: its number and its private link's secret, empty where who sent it may not see it. */
export interface Told {
  readonly id: string;
  readonly secret: string;
}

/** Tells a story to the stack: acts through its API as the people of the demo, at the hours the story says. */
export interface Teller {
  /** moves on to the given hour of the story, counted from its beginning */
  until(hour: number): Promise<void>;
  as(person: string): Promise<ApiClient>;
  submit(path: string, body: object, person?: string): Promise<Told>;
  /** a member answers the task that the case waits for */
  decide(told: Told, person: string, body: Record<string, unknown>): Promise<void>;
  /** a member does something beside the open question */
  actBeside(told: Told, person: string, body: Record<string, unknown>): Promise<void>;
  /** the applicant answers by the private link */
  answer(told: Told, body: Record<string, unknown>): Promise<void>;
  withdraw(told: Told, reason: string): Promise<void>;
}

const Tracked = z.object({ openTask: z.object({ id: z.string() }).nullable() });
const TOKEN_LIFE = 10 * 3_600_000;

export function createTeller(stage: Stage): Teller {
  const beginning = stage.now();
  const nobody = apiClient(stage.url);
  const clients = new Map<string, { readonly client: ApiClient; readonly until: number }>();

  const as = async (person: string): Promise<ApiClient> => {
    const known = clients.get(person);
    if (known && known.until > stage.now()) return known.client;
    const client = apiClient(stage.url, await stage.token(person));
    clients.set(person, { client, until: stage.now() + TOKEN_LIFE });
    return client;
  };

  const openTaskOf = async ({ id }: Told, client: ApiClient, path: string): Promise<string> => {
    const { openTask } = await client.get(path, Tracked);
    if (!openTask) throw new Error(`nothing to answer in ${id}`);
    return openTask.id;
  };

  return {
    as,
    async until(hour) {
      const millis = beginning + hour * 3_600_000 - stage.now();
      await stage.advance(Math.max(0, Math.round(millis)));
    },
    async submit(path, body, person) {
      const client = person ? await as(person) : nobody;
      const { id, trackingUrl } = await client.post(path, { ...body, consent: presentConsent }, Created);
      return { id, secret: trackingUrl?.split('/track/')[1] ?? '' };
    },
    async decide(told, person, body) {
      const client = await as(person);
      const task = await openTaskOf(told, client, `/cases/${told.id}`);
      await client.post(`/tasks/${task}/decision`, body, AnyAnswer);
    },
    async actBeside(told, person, body) {
      await (await as(person)).post(`/cases/${told.id}/actions`, body, AnyAnswer);
    },
    async answer(told, body) {
      const path = `/track/${told.secret}`;
      await nobody.post(`${path}/tasks/${await openTaskOf(told, nobody, path)}/decision`, body, AnyAnswer);
    },
    async withdraw(told, reason) {
      await nobody.post(`/track/${told.secret}/withdrawal`, { reason }, AnyAnswer);
    },
  };
}
