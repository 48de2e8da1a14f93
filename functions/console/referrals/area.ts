import type { Area } from '../area.ts';
import { referralText } from '../texts/referrals.ts';
import { referForm, referPage } from './form.tsx';
import { referralsPage } from './list.tsx';
import { referralForm, referralPage } from './page.tsx';

export const referrals: Area = {
  routes: [
    { method: 'get', path: '/console/referrals', action: 'see-referrals', handle: referralsPage },
    { method: 'get', path: '/console/referrals/new', action: 'refer-person', handle: referPage },
    { method: 'post', path: '/console/referrals/new', action: 'refer-person', handle: referForm },
    { method: 'get', path: '/console/referrals/:id', action: 'see-referrals', handle: referralPage },
    { method: 'post', path: '/console/referrals/:id', action: 'see-referrals', handle: referralForm },
  ],
  menu: { path: '/console/referrals', action: 'see-referrals', name: (language) => referralText[language].menu },
  rights: { group: 'persons', words: (language) => referralText[language].rights },
};
