import { itemGroup } from '../../domain/item-group.ts';
import type { Offer } from '../../domain/party.ts';
import { foldPlace } from '../../domain/text.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { NeedCase } from './case.ts';

/** An offer that fits a need, and how well. */
export interface Suggestion {
  readonly offer: Offer;
  /** the lines it could serve */
  readonly lines: readonly string[];
  /** pieces it could give of those, or null when their amounts are unknown */
  readonly pieces: number | null;
}

/** Whether anything can still be given from an offer: something is left, and its last day is not over. */
export function isLive({ available, expiresOn }: Offer, today: LocalDate): boolean {
  return available > 0 && (expiresOn === undefined || expiresOn >= today);
}

/**
 * Offers that fit a need by what their donors said they want to give: the item group, the area, the amount left and
 * the day. Best first: those that name the area, then those that serve most lines, then those with most left.
 */
export function suggestOffers(subject: NeedCase, offers: readonly Offer[], today: LocalDate): Suggestion[] {
  const places = [subject.place.province, subject.place.city, subject.place.district].map(foldPlace);
  const fits = offers.flatMap((offer) => {
    const inArea = offer.areas.length === 0 || offer.areas.some((area) => places.includes(foldPlace(area)));
    if (!inArea || !isLive(offer, today)) return [];
    const lines = subject.lines.filter((line) => !line.enough && itemGroup(line.item) === offer.itemGroup);
    if (lines.length === 0) return [];
    const known = lines.flatMap((line) => (line.quantity === null ? [] : [line.quantity]));
    const pieces =
      known.length > 0
        ? Math.min(
            offer.available,
            known.reduce((sum, quantity) => sum + quantity, 0),
          )
        : null;
    return [{ offer, lines: lines.map((line) => line.id), pieces }];
  });
  return fits.sort(
    (a, b) =>
      Math.sign(b.offer.areas.length) - Math.sign(a.offer.areas.length) ||
      b.lines.length - a.lines.length ||
      b.offer.available - a.offer.available,
  );
}
