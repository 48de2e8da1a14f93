import { cover, volunteers } from '../../../kinds/insurance/api.ts';
import type { Example } from '../../operation.ts';

export function rosterReview(now: number): Record<string, Example> {
  const bad = { name: '王', identityNumber: '4299001970', phone: '027-00001234' };
  return {
    roster: { summary: 'Two good rows and a bad one', value: { ...cover(now), volunteers: [...volunteers(now), bad] } },
  };
}

export function rosterReviewForm(now: number): Record<string, Example> {
  const rows = volunteers(now).map(({ name, identityNumber, phone }) => `${name},${identityNumber},${phone}`);
  const file = ['姓名,证件号码,手机号码', ...rows].join('\n');
  return { roster: { summary: 'A CSV file', value: { ...cover(now), file } } };
}
