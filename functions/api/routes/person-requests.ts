import * as z from 'zod';
import { parseInput } from '../../../shared/domain/problems.ts';
import { checkProof, LONGEST_PROOF, makeProof } from '../../../shared/persons/person-proof.ts';
import { erasePerson, exportPerson, findPerson, PersonRequest } from '../../../shared/persons/person-request.ts';
import { readJson } from '../body.ts';
import { type Answer, actingMember, type Call } from '../call.ts';
import { once, remember } from '../idempotency.ts';
import { PersonErasedView, viewErased, viewHeld } from '../views/person.ts';

/** What is to be erased of what was found, by the `ref` of each. */
export const ErasureBody = PersonRequest.extend({ erase: z.array(z.string().min(1).max(100)).min(1).max(1000) });

/** A document that somebody brings. */
export const ProofBody = z.strictObject({ proof: z.string().min(1).max(LONGEST_PROOF) });

async function find(call: Call): Promise<Answer> {
  const request = parseInput(PersonRequest, await readJson(call.request));
  return { body: viewHeld(await findPerson(call.hub, request, actingMember(call), 'api')) };
}

async function file(call: Call): Promise<Answer> {
  const request = parseInput(PersonRequest, await readJson(call.request));
  return { body: await exportPerson(call.hub, request, actingMember(call), 'api') };
}

async function erase(call: Call): Promise<Answer> {
  const acting = actingMember(call);
  const body = await readJson(call.request);
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
async function prove(call: Call): Promise<Answer> {
  const acting = actingMember(call);
  const request = parseInput(PersonRequest, await readJson(call.request));
  const held = await findPerson(call.hub, request, acting, 'api');
  return { body: { proof: await makeProof(call.hub, { on: 'seen', held }, request, acting, 'api') } };
}

async function check(call: Call): Promise<Answer> {
  const { proof } = parseInput(ProofBody, await readJson(call.request));
  const { verdict } = await checkProof(call.hub, proof);
  return { body: { verdict } };
}

export const personRequests = {
  findPerson: find,
  exportPerson: file,
  erasePerson: erase,
  provePersonSeen: prove,
  checkPersonProof: check,
};
