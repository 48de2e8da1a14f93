import { type FieldProblem, Rejected } from '../../../shared/domain/errors.ts';
import { findPerson, type KeptAboutPerson, type PersonRequest } from '../../../shared/persons/person-request.ts';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { Hidden, TextInput } from '../../web/inputs.tsx';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { showPage } from '../frame.tsx';
import { messageAbove } from '../refusal-message.ts';
import { personRequestText } from '../texts/person-requests.ts';
import { askedIn } from './asked.ts';
import { Found } from './found.tsx';
import { CheckForm } from './proof.tsx';

interface Shown {
  readonly asked?: PersonRequest;
  readonly held?: KeptAboutPerson;
  readonly problems?: readonly FieldProblem[];
  readonly message?: string;
}

function page(c: ConsoleContext, { asked, held, problems = [], message }: Shown) {
  const visit = c.get('visit');
  const { language, csrf } = visit;
  const text = personRequestText[language];
  const typed = c.req.method === 'POST' ? c.get('form') : undefined;
  const form = formView({ language, labels: text.labels, value: typed ? typed.get : () => '', problems });
  return showPage(c, {
    title: text.title,
    room: 'person-requests',
    status: message === undefined ? 200 : 422,
    children: (
      <>
        <h1>{text.title}</h1>
        <p class="small">{text.lead}</p>
        <form method="post" action="/console/person-requests" autocomplete="off">
          <Hidden name="csrf" value={csrf} />
          {message !== undefined && <ErrorSummary form={form} message={message} />}
          <p class="hint">{text.anyOf}</p>
          <div class="columns three">
            <TextInput form={form} name="phone" type="tel" inputmode="tel" optional />
            <TextInput form={form} name="mail" type="email" inputmode="email" optional />
            <TextInput form={form} name="identity" optional />
          </div>
          <TextInput form={form} name="shown" maxlength={500} hint={text.shownHint} />
          <div class="actions">
            <Submit text={text.search} />
          </div>
        </form>
        {asked && held && <Found visit={visit} asked={asked} held={held} />}
        {!held && <CheckForm visit={visit} proof="" />}
      </>
    ),
  });
}

/** Where somebody's request to see or erase their data is carried out. */
export function personRequestPage(c: ConsoleContext, _door: Door) {
  return page(c, {});
}

export async function searchPerson(c: ConsoleContext, door: Door) {
  const { acting, language } = c.get('visit');
  try {
    const asked = askedIn(c.get('form'));
    return page(c, { asked, held: await findPerson(door.hub, asked, acting, 'console') });
  } catch (error) {
    if (!(error instanceof Rejected) || error.code !== 'invalid') throw error;
    return page(c, { problems: error.fields, message: messageAbove(language, error, error.fields) });
  }
}
