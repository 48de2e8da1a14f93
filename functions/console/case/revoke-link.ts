import { revokeLink } from '../../../shared/cases/revoke-link.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { requestHash } from '../../../shared/store/once.ts';
import { caseNumber } from '../case-number.ts';
import type { ConsoleContext, Door } from '../door.ts';

/** Makes the private link void that was there when the page was shown: the same form sent twice does it once. */
export async function revokeLinkForm(c: ConsoleContext, door: Door) {
  const id = caseNumber(c.req.param('id') ?? '');
  if (!id) throw new Rejected('not-found');
  const { acting, member } = c.get('visit');
  const request = { link: c.get('form').get('link') };
  const key = `console link ${id} ${requestHash(request)}`;
  await revokeLink(door.hub, id, acting, { scope: member.id, key, request });
  return c.redirect(`/console/cases/${id}`, 303);
}
