import type { Area } from '../area.ts';
import { calendarFile, calendarForm } from '../people/calendar.tsx';
import { choosePace, endSignIns, signInsPage } from '../people/sign-ins.tsx';
import { serveStylesheet, stylesheetRoute } from '../stylesheet.ts';
import { backChannelLogout } from './back-channel.ts';
import { signedOutPage } from './pages.tsx';
import { callbackPath, signedOutPath } from './paths.ts';
import { beginSignIn, finishSignIn, signOut, switchParty } from './routes.ts';

export const signIn: Area = {
  open: [
    { path: stylesheetRoute, action: 'see-site', get: serveStylesheet },
    { path: '/console/sign-in', action: 'sign-in', get: beginSignIn },
    { path: callbackPath, action: 'sign-in', get: finishSignIn },
    { path: '/console/back-channel-logout', action: 'sign-in', post: backChannelLogout },
    { path: '/console/sign-out', action: 'sign-in', post: signOut },
    { path: signedOutPath, action: 'sign-in', get: signedOutPage },
    { path: '/console/calendar/:link', action: 'read-calendar', get: calendarFile },
  ],
  routes: [
    { path: '/console/party', action: 'see-own-account', post: switchParty },
    { path: '/console/sign-ins', action: 'see-own-account', get: signInsPage, post: endSignIns },
    { path: '/console/sign-ins/mails', action: 'see-own-account', post: choosePace },
    { path: '/console/sign-ins/calendar', action: 'see-own-account', post: calendarForm },
  ],
};
