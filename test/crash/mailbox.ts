import * as z from 'zod';

const Page = z.object({
  items: z.array(z.object({ id: z.number(), at: z.string(), messageId: z.string(), recipients: z.array(z.string()) })),
  nextCursor: z.number().nullable(),
});

/** A mail as it lies in the mailbox. */
export interface Posted {
  readonly to: readonly string[];
  /** milliseconds, by the stack's clock */
  readonly at: number;
}

/** Everything in the mailbox by Message-ID, the oldest first. */
export async function allMail(url: string): Promise<Map<string, Posted[]>> {
  const found = new Map<string, Posted[]>();
  let before: number | null = Number.MAX_SAFE_INTEGER;
  while (before !== null) {
    const response = await fetch(`${url}/mail/api?limit=200&before=${before}`);
    const page: z.output<typeof Page> = Page.parse(await response.json());
    for (const { messageId, at, recipients } of page.items) {
      found.set(messageId, [{ to: recipients, at: Date.parse(at) }, ...(found.get(messageId) ?? [])]);
    }
    before = page.nextCursor;
  }
  return found;
}
