import * as z from 'zod';
import { dataKey, macKey, table } from '../env/variables.ts';

/** The environment of the notifier: mail goes through SES, or through an SMTP server where there is no SES. */
export const NotifyEnv = z.object({
  ...table,
  ...dataKey,
  ...macKey,
  PUBLIC_URL: z.url(),
  MAIL_FROM: z.string().min(3),
  MAIL_TRANSPORT: z.enum(['ses', 'smtp']),
  /** a server that asks for no password */
  SMTP_URL: z.url().optional(),
  /** SES's configuration set, which tells what came back */
  MAIL_CONFIGURATION_SET: z.string().min(1).optional(),
  /** the name of the secret that holds the server's URL with user and password */
  SMTP_SECRET: z.string().min(1).optional(),
});

/** What its rule sends every hour: mails that wait are tried again. */
export const NotifyEvent = z.object({ mails: z.literal('waiting') });
export type NotifyEvent = z.input<typeof NotifyEvent>;
