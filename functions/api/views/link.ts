import * as z from 'zod';

/** What became of a private link: the next one is mailed to the contact; without an address it stands here. */
export const LinkView = z.object({ mailed: z.boolean(), trackingUrl: z.url().optional() });
export type LinkView = z.infer<typeof LinkView>;

/** That a link was asked for: the same answer whether or not it can be sent. */
export const LinkAskedView = z.object({ asked: z.literal(true) });
