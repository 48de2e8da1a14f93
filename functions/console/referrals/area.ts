import type { Area } from '../area.ts';
import { referralText } from '../texts/referrals.ts';
import { referForm, referPage } from './form.tsx';
import { referralsPage } from './list.tsx';
import { referralForm, referralPage } from './page.tsx';

export const referrals: Area = {
  routes: [
    { path: '/console/referrals', action: 'see-referrals', get: referralsPage },
    { path: '/console/referrals/new', action: 'refer-person', get: referPage, post: referForm },
    { path: '/console/referrals/:id', action: 'see-referrals', get: referralPage, post: referralForm },
  ],
  menu: { path: '/console/referrals', action: 'see-referrals', name: (language) => referralText[language].menu },
  rights: { group: 'persons', words: (language) => referralText[language].rights },
};
