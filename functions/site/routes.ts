import { type Kind, kinds } from '../../shared/domain/ids.ts';
import { kindForms } from '../kinds/index.ts';
import { serveAsset, serveFavicon } from '../web/assets.ts';
import { gatewayPath, gatewayStatuses } from './gateway-answers.ts';
import { beginForm, emptySheet, formWithFile, sendForm } from './pages/apply.tsx';
import { gatewayAnswer } from './pages/gateway-answer.tsx';
import { health } from './pages/health.ts';
import { findCase, homePage } from './pages/home.tsx';
import { privacyPage } from './pages/privacy.tsx';
import { programmePage, programmesPage } from './pages/programmes.tsx';
import type { LinkRoute, OpenRoute } from './route.ts';
import { againPage, askedPage, takeAgain } from './track/again.tsx';
import { casePage } from './track/case-page.tsx';
import { changesPage, changesWithFile, takeChanges } from './track/changes-page.tsx';
import { takeConsent } from './track/consent-form.ts';
import { amendForm, answerForm, withdrawForm } from './track/forms.ts';
import { replacedPage, revokePage, takeRevocation } from './track/revoke-page.tsx';
import { sentPage } from './track/sent-page.tsx';
import { withdrawPage } from './track/withdraw-page.tsx';

const robots = `User-agent: *
Disallow: /track
Disallow: /console
Disallow: /api
Disallow: /errors
`;

/** The form of a kind, and the empty sheet that can come with it. */
function formRoutes(kind: Kind): OpenRoute[] {
  const { path, sheet } = kindForms[kind];
  const sheets = (['xlsx', 'csv'] as const).flatMap((format): OpenRoute[] =>
    sheet
      ? [
          {
            method: 'get',
            path: `${sheet.path}.${format}`,
            action: 'see-site',
            handle: (c) => emptySheet(c, sheet, format),
          },
        ]
      : [],
  );
  const withFile: OpenRoute = {
    method: 'get',
    path: `${path}/file/:file`,
    action: 'submit-case',
    handle: (c, site) => formWithFile(c, site, kind),
  };
  return [
    { method: 'get', path, action: 'submit-case', handle: (c, site) => beginForm(c, site, kind) },
    { method: 'post', path, action: 'submit-case', handle: (c, site) => sendForm(c, site, kind) },
    ...sheets,
    ...(sheet ? [withFile] : []),
  ];
}

/** What everybody may open and send. */
export const openRoutes: readonly OpenRoute[] = [
  { method: 'get', path: '/assets/:fingerprint/:name', action: 'see-site', handle: serveAsset },
  { method: 'get', path: '/favicon.svg', action: 'see-site', handle: serveFavicon },
  { method: 'get', path: '/favicon.ico', action: 'see-site', handle: serveFavicon },
  { method: 'get', path: '/robots.txt', action: 'see-site', handle: (c) => c.text(robots) },
  ...gatewayStatuses.map(
    (status): OpenRoute => ({
      method: 'get',
      path: gatewayPath(status),
      action: 'see-site',
      handle: (c) => gatewayAnswer(c, status),
    }),
  ),
  { method: 'get', path: '/health', action: 'see-site', handle: health },
  { method: 'get', path: '/', action: 'see-site', handle: (c, site) => homePage(c, site) },
  { method: 'get', path: '/privacy', action: 'see-site', handle: privacyPage },
  { method: 'get', path: '/programmes', action: 'see-programmes', handle: programmesPage },
  { method: 'get', path: '/programmes/:id', action: 'see-programmes', handle: programmePage },
  ...kinds.flatMap(formRoutes),
  { method: 'get', path: '/track', action: 'see-site', handle: (c) => c.redirect('/#find', 303) },
  { method: 'post', path: '/track', action: 'find-case', handle: findCase },
  { method: 'get', path: '/track/again', action: 'renew-link', handle: againPage },
  { method: 'post', path: '/track/again', action: 'renew-link', handle: takeAgain },
  { method: 'get', path: '/track/asked', action: 'see-site', handle: askedPage },
  { method: 'get', path: '/track/replaced', action: 'see-site', handle: replacedPage },
];

/** What the holder of a private link may open and send, about its case alone. */
export const linkRoutes: readonly LinkRoute[] = [
  { method: 'get', path: '/track/:secret', action: 'read-case', handle: (opened) => casePage(opened) },
  { method: 'get', path: '/track/:secret/sent', action: 'see-private-link', handle: sentPage },
  { method: 'get', path: '/track/:secret/changes', action: 'read-case', handle: changesPage },
  { method: 'post', path: '/track/:secret/changes', action: 'answer-task', handle: takeChanges },
  { method: 'get', path: '/track/:secret/changes/file/:file', action: 'answer-task', handle: changesWithFile },
  { method: 'get', path: '/track/:secret/withdraw', action: 'withdraw-case', handle: (opened) => withdrawPage(opened) },
  { method: 'post', path: '/track/:secret/withdraw', action: 'withdraw-case', handle: withdrawForm },
  { method: 'post', path: '/track/:secret/consent', action: 'give-consent', handle: takeConsent },
  { method: 'get', path: '/track/:secret/revocation', action: 'revoke-link', handle: revokePage },
  { method: 'post', path: '/track/:secret/revocation', action: 'revoke-link', handle: takeRevocation },
  { method: 'post', path: '/track/:secret/amounts', action: 'amend-case', handle: amendForm },
  { method: 'post', path: '/track/:secret/tasks/:task', action: 'answer-task', handle: answerForm },
];
