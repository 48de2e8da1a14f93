import * as z from 'zod';

/** What went wrong, as RFC 9457 has it. */
export const ProblemView = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.int(),
  instance: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
});

/** What API Gateway says by itself, before a function of ours is asked. */
export const GatewayMessageView = z.object({ message: z.string() });
