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
  SMTP_URL: z.url().optional(),
});
