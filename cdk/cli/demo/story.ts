import * as z from 'zod';
import { addDays, localDate } from '../../../shared/domain/time.ts';
import { grantScenes, SECOND_APPROVAL_YUAN } from './grants.ts';
import { insuranceScenes } from './insurance.ts';
import { needScenes } from './needs.ts';
import { playScenes, type Scene } from './scene.ts';
import { createTeller, type Stage } from './teller.ts';

/** How long the story takes, on the stack's clock. */
export const STORY_DAYS = 40;
const WithId = z.object({ id: z.string() });

/** Programmes and offers come first; what they are called is kept stable. */
function openingScene(keepOffer: (id: string) => void): Scene {
  return {
    hour: 1,
    async play(teller, _at, now) {
      const funder = await teller.as('funder-approver');
      const today = localDate(now());
      await funder.post(
        '/programmes',
        {
          id: 'rapid-response-fund',
          name: '快速响应小额资助',
          nameEn: 'Rapid Response Fund',
          purpose: '支持一线社会组织和志愿者团队开展防疫服务。三页以内，三天内答复。',
          purposeEn:
            'For small organizations and volunteer teams that serve people on the front line. Short form, answer within days.',
          areas: ['江城省'],
          organizationTypes: ['volunteer-group', 'non-profit', 'community', 'care-home'],
          ceiling: 5_000_000,
          budget: 60_000_000,
          secondApprovalAbove: SECOND_APPROVAL_YUAN * 100,
          closesOn: addDays(today, STORY_DAYS + 60),
          reportDueDays: 30,
          questions: [
            { id: 'beneficiaries', text: '预计多少人受益？', textEn: 'How many people will benefit?', required: true },
          ],
        },
        WithId,
      );
      const manager = await teller.as('programme-manager');
      await manager.post(
        '/programmes',
        {
          id: 'first-week-fund',
          name: '首周应急金',
          nameEn: 'First Week Fund',
          purpose: '封城首周的应急支出。',
          purposeEn: 'Emergency costs of the first week.',
          ceiling: 1_000_000,
          budget: 10_000_000,
          secondApprovalAbove: 1_000_000,
          closesOn: addDays(today, 12),
          reportDueDays: 14,
        },
        WithId,
      );
      const offer = await funder.post(
        '/offers',
        { title: '首批防护口罩', itemGroup: 'respirators', areas: ['江城市'], amount: 110_000, note: '随到随发' },
        WithId,
      );
      keepOffer(offer.id);
      const other = await teller.as('other-funder-approver');
      await other.post(
        '/offers',
        { title: '防护服与护目镜', itemGroup: 'protective-clothing', areas: [], amount: 8_000 },
        WithId,
      );
      await other.post('/offers', { title: '医用口罩', itemGroup: 'masks', areas: ['江城省'], amount: 60_000 }, WithId);
    },
  };
}

/**
 * Tells the demo: forty days of a made-up emergency, acted out through the API while the clock moves on. Every case
 * goes through its workflow; none is written into a stage.
 */
export async function tellStory(stage: Stage): Promise<void> {
  let offer: string | undefined;
  const teller = createTeller(stage);
  const scenes = [
    openingScene((id) => {
      offer = id;
    }),
    ...needScenes(() => offer),
    ...grantScenes('rapid-response-fund'),
    ...insuranceScenes(),
  ];
  await playScenes(teller, scenes, () => stage.now());
  await teller.until(STORY_DAYS * 24);
}
