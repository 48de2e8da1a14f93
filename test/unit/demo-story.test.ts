import { expect, it } from 'vitest';
import { needScenes } from '../../cdk/cli/demo/needs.ts';
import { demoPeople } from '../../cdk/cli/demo/people.ts';
import type { Teller } from '../../cdk/cli/demo/teller.ts';

it('the demo’s organization has cases that its manager sent, so that signing in as them shows some', async () => {
  const sent: { organization: unknown; person: string | undefined }[] = [];
  const teller: Teller = {
    until: async () => {},
    as: () => Promise.reject(new Error('nobody else acts')),
    async submit(_path, body, person) {
      sent.push({ organization: 'organization' in body && body.organization, person });
      return { id: 'N000000000', secret: '' };
    },
    decide: async () => {},
    actBeside: async () => {},
    answer: async () => {},
    withdraw: async () => {},
  };
  for (const scene of needScenes(() => undefined)) await scene.play(teller, async () => {}, Date.now);
  const manager = demoPeople.members.find(({ id }) => id === 'org-manager');
  const own = sent.filter(({ organization }) => organization === manager?.partyName);
  expect(own.length).toBeGreaterThanOrEqual(2);
  expect(new Set(own.map(({ person }) => person))).toEqual(new Set(['org-manager']));
});
