import type { Area } from '../area.ts';
import { endSignIns, signInsPage } from '../people/sign-ins.tsx';
import { serveStylesheet, stylesheetRoute } from '../stylesheet.ts';
import { backChannelLogout } from './back-channel.ts';
import { signedOutPage } from './pages.tsx';
import { callbackPath, signedOutPath } from './paths.ts';
import { beginSignIn, finishSignIn, signOut, switchParty } from './routes.ts';

export const signIn: Area = {
  open: [
    { method: 'get', path: stylesheetRoute, action: 'see-site', handle: serveStylesheet },
    { method: 'get', path: '/console/sign-in', action: 'sign-in', handle: beginSignIn },
    { method: 'get', path: callbackPath, action: 'sign-in', handle: finishSignIn },
    { method: 'post', path: '/console/back-channel-logout', action: 'sign-in', handle: backChannelLogout },
    { method: 'post', path: '/console/sign-out', action: 'sign-in', handle: signOut },
    { method: 'get', path: signedOutPath, action: 'sign-in', handle: signedOutPage },
  ],
  routes: [
    { method: 'post', path: '/console/party', action: 'see-own-account', handle: switchParty },
    { method: 'get', path: '/console/sign-ins', action: 'see-own-account', handle: signInsPage },
    { method: 'post', path: '/console/sign-ins', action: 'see-own-account', handle: endSignIns },
  ],
};
