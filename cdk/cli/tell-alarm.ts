import { createTransport } from 'nodemailer';
import type { AlarmStatus } from '../local/alarms/index.ts';
import type { Outside } from './outside.ts';

type AlarmReaders = Pick<Outside, 'alarmEmail' | 'alarmUrl' | 'smtpUrl' | 'mailFrom' | 'publicUrl'>;

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
const TRIES = 3;

async function mail(
  { alarmEmail, smtpUrl, mailFrom, publicUrl }: AlarmReaders,
  subject: string,
  text: string,
): Promise<void> {
  if (alarmEmail === undefined) return;
  const transport = createTransport({ url: smtpUrl, ...patience });
  try {
    const headers = { 'Auto-Submitted': 'auto-generated' };
    await transport.sendMail({
      from: mailFrom,
      to: alarmEmail,
      subject,
      text: `${text}\n\n${publicUrl}/console/operations`,
      headers,
    });
  } finally {
    transport.close();
  }
}

async function post({ alarmUrl }: AlarmReaders, alarm: object): Promise<void> {
  if (alarmUrl === undefined) return;
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(alarmUrl, {
    method: 'POST',
    headers,
    body: JSON.stringify(alarm),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`${response.status}`);
}

async function tried(way: string, work: () => Promise<void>, say: (line: string) => void): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries < TRIES) continue;
      return say(`An alarm could not be told by ${way}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** Tells an alarm that begins or is over: on the process's output, by mail, and to an address that takes a POST. */
export async function tellAlarm(readers: AlarmReaders, alarm: AlarmStatus, say: (line: string) => void): Promise<void> {
  const { name, description, state, since } = alarm;
  const at = new Date(since).toISOString();
  const head = state === 'ALARM' ? `ALARM ${name}` : `over: ${name}`;
  say(`${at} ${head}${state === 'ALARM' ? `. ${description}` : ''}`);
  await Promise.all([
    tried('mail', () => mail(readers, `[Jieli] ${head}`, description), say),
    tried('POST', () => post(readers, { name, description, state, at }), say),
  ]);
}
