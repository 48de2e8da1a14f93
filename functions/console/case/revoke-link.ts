import { revokeLink } from '../../../shared/case/revoke-link.ts';
import { requestHash } from '../../../shared/store/done-once.ts';
import type { ConsoleContext, Door } from '../door.ts';
import { caseIn } from '../path.ts';
import { orRefused } from './or-refused.ts';

/** Makes the private link void that was there when the page was shown: the same form sent twice does it once. */
export function revokeLinkForm(c: ConsoleContext, door: Door) {
  const id = caseIn(c);
  const { acting, member } = c.get('visit');
  const request = { link: c.get('form').get('link') };
  const key = `console link ${id} ${requestHash(request)}`;
  return orRefused(c, door, async () => {
    await revokeLink(door.hub, id, acting, { scope: member.id, key, request });
    return c.redirect(`/console/cases/${id}`, 303);
  });
}
