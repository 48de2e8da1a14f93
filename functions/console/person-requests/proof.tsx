import { localDate } from '../../../shared/domain/time.ts';
import { checkProof, LONGEST_PROOF, makeProof, type ProofVerdict } from '../../../shared/persons/person-proof.ts';
import { findPerson } from '../../../shared/persons/person-request.ts';
import { formView } from '../../web/form-view.ts';
import { Hidden, TextArea } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door, Visit } from '../door.ts';
import { showPage } from '../frame.tsx';
import { personRequestText } from '../texts/person-requests.ts';
import { askedIn } from './asked.ts';

function asFile(c: ConsoleContext, proof: string) {
  return c.body(proof, 200, {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="jieli-proof-${localDate(Date.now())}.txt"`,
  });
}

/** A proof of what was found about somebody who asked to see it, as a file. */
export async function proofOfSeeing(c: ConsoleContext, door: Door) {
  const { acting } = c.get('visit');
  const asked = askedIn(c.get('form'));
  const held = await findPerson(door.hub, asked, acting, 'console');
  return asFile(c, await makeProof(door.hub, { on: 'seen', held }, asked, acting, 'console'));
}

interface ProofProps {
  readonly visit: Visit;
  readonly proof: string;
}

/** A proof as it is, to be read and taken away. */
export function Proof({ visit: { language, csrf }, proof }: ProofProps) {
  const text = personRequestText[language];
  return (
    <>
      <pre class="document">{proof}</pre>
      <form method="post" action="/console/person-requests/check">
        <Hidden name="csrf" value={csrf} />
        <Hidden name="proof" value={proof} />
        <p class="hint">{text.print}</p>
        <div class="actions">
          <Submit text={text.proofFile} name="action" value="file" />
        </div>
      </form>
    </>
  );
}

/** Where a proof that somebody brings is checked. */
export function CheckForm({ visit: { language, csrf }, proof }: ProofProps) {
  const text = personRequestText[language];
  const form = formView({ language, labels: { proof: text.checkLabel }, value: () => proof });
  return (
    <form class="panel" method="post" action="/console/person-requests/check">
      <h2>{text.checkTitle}</h2>
      <Hidden name="csrf" value={csrf} />
      <TextArea form={form} name="proof" maxlength={LONGEST_PROOF} hint={text.checkHint} />
      <Submit text={text.check} look="second" />
    </form>
  );
}

function checkPage(c: ConsoleContext, proof: string, verdict?: ProofVerdict) {
  const visit = c.get('visit');
  const text = personRequestText[visit.language];
  return showPage(c, {
    title: text.checkTitle,
    room: 'person-requests',
    children: (
      <>
        <h1>{text.checkTitle}</h1>
        {verdict && (
          <Notice tone={verdict === 'genuine' ? 'done' : 'warning'} title={text.verdictTitle[verdict]}>
            <p>{text.verdict[verdict]}</p>
          </Notice>
        )}
        <CheckForm visit={visit} proof={proof} />
        <p>
          <a href="/console/person-requests">{text.again}</a>
        </p>
      </>
    ),
  });
}

export function proofCheckPage(c: ConsoleContext, _door: Door) {
  return checkPage(c, '');
}

/** Says whether a proof is one that was given here, and gives it as a file where that is asked for. */
export async function checkProofForm(c: ConsoleContext, door: Door) {
  const form = c.get('form');
  const { verdict, text } = await checkProof(door.hub, form.get('proof').slice(0, LONGEST_PROOF));
  if (form.get('action') === 'file' && verdict === 'genuine') return asFile(c, text);
  return checkPage(c, form.get('proof'), verdict);
}
