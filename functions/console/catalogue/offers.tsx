import { may } from '../../../shared/answering/acting.ts';
import { makeOffer } from '../../../shared/case/catalogue.ts';
import { type FieldProblem, Rejected } from '../../../shared/domain/errors.ts';
import { type Offer, OfferInput } from '../../../shared/domain/party.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { domainText } from '../../../shared/i18n/domain.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { partyNameIn } from '../../../shared/i18n/names.ts';
import { listOffers } from '../../../shared/store/offers.ts';
import { assertReadable, formProblems, given, type ReadForm, readerOf } from '../../forms/desk-values.ts';
import { countText } from '../../web/amounts.tsx';
import { choicesOf, Select } from '../../web/choices.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { DateInput, Hidden, TextArea, TextInput } from '../../web/inputs.tsx';
import { type ListColumn, ListTable } from '../../web/list-table.tsx';
import { Notice } from '../../web/notice.tsx';
import type { Form } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door, Visit } from '../door.ts';
import { formKey, onceFor } from '../form-key.ts';
import { showPage } from '../frame.tsx';
import { messageAbove } from '../refusal-message.ts';
import { catalogueText } from '../texts/catalogue.ts';
import { frameText } from '../texts/frame.ts';
import { listed } from './programme-form.tsx';

function readOfferForm(form: Form): ReadForm {
  const reader = readerOf(form.get);
  const body = {
    ...given({
      title: reader.text('title'),
      itemGroup: reader.text('itemGroup'),
      amount: reader.whole('amount', ''),
      expiresOn: reader.day('expiresOn'),
      note: reader.text('note'),
    }),
    areas: listed(reader.text('areas')),
  };
  return { body, problems: reader.problems, rows: reader.rows };
}

function OfferTable({ visit, shown }: { readonly visit: Visit; readonly shown: readonly Offer[] }) {
  const { language, member } = visit;
  const text = catalogueText[language];
  const today = localDate(Date.now());
  const donor: ListColumn<Offer> = { head: text.donor, bare: true, cell: (offer) => partyNameIn(language, offer) };
  return (
    <ListTable
      rows={shown}
      columns={[
        ...(member.partyType === 'funder' ? [] : [donor]),
        {
          head: text.what,
          bare: true,
          cell: ({ title, itemGroup, note }) => (
            <>
              <strong>{title}</strong>
              <span class="sub">
                {domainText[language].itemGroups[itemGroup]}
                {note && ` · ${note}`}
              </span>
            </>
          ),
        },
        { head: text.where, cell: ({ areas }) => areas.join(frameText[language].list) || text.anyArea },
        {
          head: text.left,
          class: 'numeric',
          cell: ({ available, amount }) => (
            <>
              {countText(available)} / {countText(amount)}{' '}
              {available === 0 && <span class="tag end">{text.usedUp}</span>}
            </>
          ),
        },
        {
          head: text.until,
          cell: ({ expiresOn }) => (
            <>
              {expiresOn ?? '–'}{' '}
              {expiresOn !== undefined && expiresOn < today && <span class="tag end">{text.expired}</span>}
            </>
          ),
        },
      ]}
    />
  );
}

interface Tried {
  readonly problems: readonly FieldProblem[];
  readonly message: string;
}

function OfferForm({
  visit,
  typed,
  tried,
}: {
  readonly visit: Visit;
  readonly typed: Form | undefined;
  readonly tried: Tried | undefined;
}) {
  const { language, csrf } = visit;
  const text = catalogueText[language];
  const form = formView({
    language,
    labels: text.labels,
    value: typed ? typed.get : () => '',
    problems: tried?.problems ?? [],
  });
  return (
    <section class="panel" id="make">
      <h2>{text.make}</h2>
      <form method="post" action="/console/offers" autocomplete="off">
        <Hidden name="csrf" value={csrf} />
        <Hidden name="key" value={formKey(typed)} />
        {tried && <ErrorSummary form={form} message={tried.message} />}
        <TextInput form={form} name="title" maxlength={120} />
        <Select form={form} name="itemGroup" width="full" choices={choicesOf(domainText[language].itemGroups)} />
        <TextInput form={form} name="amount" inputmode="numeric" width="short" />
        <TextInput form={form} name="areas" hint={text.areasHint} optional />
        <DateInput form={form} name="expiresOn" optional />
        <TextArea form={form} name="note" rows={2} maxlength={500} optional />
        <Submit text={text.makeButton} />
      </form>
    </section>
  );
}

async function showOffers(c: ConsoleContext, door: Door, tried?: Tried) {
  const visit = c.get('visit');
  const { member, acting, language } = visit;
  const text = catalogueText[language];
  const shown = (await listOffers(door.hub.table))
    .filter((offer) => may(acting, 'see-offers', { ownedBy: offer.party }))
    .sort((a, b) => Math.sign(b.available) - Math.sign(a.available) || (a.madeAt < b.madeAt ? 1 : -1));
  const made = shown.find(({ id }) => id === c.req.query('made'));
  const table = shown.length > 0 ? <OfferTable visit={visit} shown={shown} /> : <p class="empty">{text.noOffers}</p>;
  return showPage(c, {
    title: text.offers,
    room: 'offers',
    status: tried ? 422 : 200,
    children: (
      <>
        <h1>{text.offers}</h1>
        <p class="small">{member.partyType === 'funder' ? text.offersLead : text.offersLeadHub}</p>
        {made && <Notice tone="done">{fill(text.made, { title: made.title })}</Notice>}
        {may(acting, 'make-offer', { ownedBy: member.party }) ? (
          <div class="two-up">
            <div>{table}</div>
            <OfferForm visit={visit} typed={tried && c.get('form')} tried={tried} />
          </div>
        ) : (
          table
        )}
      </>
    ),
  });
}

/** What donors want to give: for a hub all of it, for a donor its own. */
export function offersPage(c: ConsoleContext, door: Door) {
  return showOffers(c, door);
}

export async function makeOfferForm(c: ConsoleContext, door: Door) {
  const { member, language } = c.get('visit');
  const form = c.get('form');
  const read = readOfferForm(form);
  try {
    assertReadable(read, OfferInput);
    const offer = await makeOffer(door.hub, read.body, member, onceFor(member, form, read.body));
    return c.redirect(`/console/offers?${new URLSearchParams({ made: offer.id })}`, 303);
  } catch (error) {
    if (!(error instanceof Rejected) || error.code === 'forbidden') throw error;
    const problems = formProblems(read, error.fields);
    return showOffers(c, door, { problems, message: messageAbove(language, error, problems) });
  }
}
