import * as z from 'zod';
import { parseInput } from '../../../shared/domain/problems.ts';
import { checkProof, LONGEST_PROOF, makeProof } from '../../../shared/persons/person-proof.ts';
import { erasePerson, exportPerson, findPerson, PersonRequest } from '../../../shared/persons/person-request.ts';
import { actingMember, type Call } from '../call.ts';
import { once, remember } from '../idempotency.ts';
import * as example from '../openapi/examples/people.ts';
import { json, operation } from '../operation.ts';
import {
  PersonErasedView,
  PersonFileView,
  PersonHeldView,
  PersonProofView,
  ProofVerdictView,
  viewErased,
  viewHeld,
} from '../views/person.ts';

/** What is to be erased of what was found, by the `ref` of each. */
export const ErasureBody = PersonRequest.extend({ erase: z.array(z.string().min(1).max(100)).min(1).max(1000) });

/** A document that somebody brings. */
export const ProofBody = z.strictObject({ proof: z.string().min(1).max(LONGEST_PROOF) });

async function find(call: Call) {
  const request = parseInput(PersonRequest, await call.json());
  return { body: viewHeld(await findPerson(call.hub, request, actingMember(call), 'api')) };
}

async function file(call: Call) {
  const request = parseInput(PersonRequest, await call.json());
  return { body: PersonFileView.parse(await exportPerson(call.hub, request, actingMember(call), 'api')) };
}

async function erase(call: Call) {
  const acting = actingMember(call);
  const body = await call.json();
  const { erase: chosen, ...request } = parseInput(ErasureBody, body);
  const answer = await once(
    call,
    body,
    async (key) => {
      const erased = await erasePerson(call.hub, request, new Set(chosen), acting, 'api');
      const proof = await makeProof(call.hub, { on: 'erased', erased }, request, acting, 'api');
      const done = viewErased(erased, proof);
      await remember(call, key, JSON.stringify(done));
      return done;
    },
    async (done) => PersonErasedView.parse(JSON.parse(done)),
  );
  return { body: answer };
}

/** A document for the person that says what was found, which anybody can have checked. */
async function prove(call: Call) {
  const acting = actingMember(call);
  const request = parseInput(PersonRequest, await call.json());
  const held = await findPerson(call.hub, request, acting, 'api');
  return { body: { proof: await makeProof(call.hub, { on: 'seen', held }, request, acting, 'api') } };
}

async function check(call: Call) {
  const { proof } = parseInput(ProofBody, await call.json());
  const { verdict } = await checkProof(call.hub, proof);
  return { body: { verdict } };
}

const shown =
  'By any of telephone, mail address and identity number; `shown` says how the person showed that it is they, and is kept with the record of the search.';

export const personRequests = {
  findPerson: operation({
    method: 'post',
    path: '/person-requests',
    access: 'token',
    action: 'see-person',
    summary: 'Where something is kept about a person',
    description: `${shown} Nothing is changed.`,
    request: json({ PersonRequest }, example.personRequest),
    answer: { description: 'Cases, drafts and referrals', schema: { PersonHeld: PersonHeldView } },
    handle: find,
  }),
  exportPerson: operation({
    method: 'post',
    path: '/person-requests/file',
    access: 'token',
    action: 'see-person',
    summary: 'Everything that is kept about a person, for them',
    description: shown,
    request: json({ PersonRequest }, example.personRequest),
    answer: { description: 'What is kept, as it is kept', schema: { PersonFile: PersonFileView } },
    handle: file,
  }),
  erasePerson: operation({
    method: 'post',
    path: '/person-requests/erasure',
    access: 'token',
    action: 'erase-person',
    summary: 'Erase what is kept about a person',
    description: `${shown} \`erase\` names what was found. What belongs to a case that goes on is kept, and the answer says so.`,
    request: json({ PersonErasure: ErasureBody }, example.personErasure),
    answer: {
      description: 'What was erased, what is kept, and a document for the person',
      schema: { PersonErased: PersonErasedView },
    },
    handle: erase,
  }),
  provePersonSeen: operation({
    method: 'post',
    path: '/person-requests/proof',
    access: 'token',
    action: 'see-person',
    summary: 'A document for the person that says what was found',
    description: `${shown} It holds nothing that the person is known by.`,
    request: json({ PersonRequest }, example.personRequest),
    answer: { description: 'The document, in both languages', schema: { PersonProof: PersonProofView } },
    handle: prove,
  }),
  checkPersonProof: operation({
    method: 'post',
    path: '/person-requests/check',
    access: 'token',
    action: 'find-person',
    summary: 'Whether such a document was given here and is unaltered',
    request: json({ Proof: ProofBody }, example.proof),
    answer: { description: 'What is to be said of it', schema: { ProofVerdict: ProofVerdictView } },
    handle: check,
  }),
};
