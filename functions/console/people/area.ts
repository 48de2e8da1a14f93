import type { Area } from '../area.ts';
import { peopleText } from '../texts/people.ts';
import { acceptForm, invitationPage } from './invitation.tsx';
import { invitationForm, inviteForm, membersPage, removalForm, rolesForm } from './members.tsx';
import { addressForm, confirmForm, confirmPage, registerForm, registerPage, releaseForm } from './organization.tsx';
import { requestsPage } from './requests.tsx';

export const requests: Area = {
  open: [{ path: '/console/organization/new', action: 'register-organization', get: registerPage, post: registerForm }],
  routes: [
    { path: '/console/requests', action: 'claim-cases', get: requestsPage },
    { path: '/console/requests/addresses', action: 'claim-cases', post: addressForm },
    { path: '/console/requests/addresses/release', action: 'release-address', post: releaseForm },
    { path: '/console/addresses/:secret', action: 'claim-cases', get: confirmPage, post: confirmForm },
  ],
  menu: { path: '/console/requests', action: 'claim-cases', name: (language) => peopleText[language].menu.requests },
};

export const members: Area = {
  open: [{ path: '/console/invitations/:secret', action: 'accept-invitation', get: invitationPage, post: acceptForm }],
  routes: [
    { path: '/console/members', action: 'see-members', get: membersPage },
    { path: '/console/members', action: 'invite-member', post: inviteForm },
    { path: '/console/members/:member/roles', action: 'change-roles', post: rolesForm },
    { path: '/console/members/:member/removal', action: 'remove-member', post: removalForm },
    { path: '/console/invitations-sent/:id', action: 'invite-member', post: invitationForm },
  ],
  menu: { path: '/console/members', action: 'see-members', name: (language) => peopleText[language].menu.members },
};
