import type { Area } from '../area.ts';
import { peopleText } from '../texts/people.ts';
import { acceptForm, invitationPage } from './invitation.tsx';
import { invitationForm, inviteForm, membersPage, removalForm, rolesForm } from './members.tsx';
import { addressForm, confirmForm, confirmPage, registerForm, registerPage, releaseForm } from './organization.tsx';
import { requestsPage } from './requests.tsx';

export const requests: Area = {
  open: [
    { method: 'get', path: '/console/organization/new', action: 'register-organization', handle: registerPage },
    { method: 'post', path: '/console/organization/new', action: 'register-organization', handle: registerForm },
  ],
  routes: [
    { method: 'get', path: '/console/requests', action: 'claim-cases', handle: requestsPage },
    { method: 'post', path: '/console/requests/addresses', action: 'claim-cases', handle: addressForm },
    { method: 'post', path: '/console/requests/addresses/release', action: 'release-address', handle: releaseForm },
    { method: 'get', path: '/console/addresses/:secret', action: 'claim-cases', handle: confirmPage },
    { method: 'post', path: '/console/addresses/:secret', action: 'claim-cases', handle: confirmForm },
  ],
  menu: { path: '/console/requests', action: 'claim-cases', name: (language) => peopleText[language].menu.requests },
};

export const members: Area = {
  open: [
    { method: 'get', path: '/console/invitations/:secret', action: 'accept-invitation', handle: invitationPage },
    { method: 'post', path: '/console/invitations/:secret', action: 'accept-invitation', handle: acceptForm },
  ],
  routes: [
    { method: 'get', path: '/console/members', action: 'see-members', handle: membersPage },
    { method: 'post', path: '/console/members', action: 'invite-member', handle: inviteForm },
    { method: 'post', path: '/console/members/:member/roles', action: 'change-roles', handle: rolesForm },
    { method: 'post', path: '/console/members/:member/removal', action: 'remove-member', handle: removalForm },
    { method: 'post', path: '/console/invitations-sent/:id', action: 'invite-member', handle: invitationForm },
  ],
  menu: { path: '/console/members', action: 'see-members', name: (language) => peopleText[language].menu.members },
};
