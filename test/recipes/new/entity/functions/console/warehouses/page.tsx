import { openWarehouse } from '../../../shared/case/open-warehouse.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { listWarehouses } from '../../../shared/store/warehouses.ts';
import { formProblems, readerOf } from '../../forms/desk-values.ts';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { Hidden, TextInput } from '../../web/inputs.tsx';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { formKey, onceFor } from '../form-key.ts';
import { showPage } from '../frame.tsx';
import { messageAbove } from '../refusal-message.ts';
import { warehousesText } from '../texts/warehouses.ts';

const parts = ['province', 'city', 'district'] as const;

/** A hub's warehouses, and the form that opens another. */
async function show(c: ConsoleContext, door: Door, refused?: Rejected) {
  const { member, language, csrf } = c.get('visit');
  const typed = refused && c.get('form');
  const { menu, none, labels, open } = warehousesText[language];
  const all = await listWarehouses(door.hub.table, member.party);
  const problems = refused ? formProblems({ body: {}, problems: [], rows: new Map() }, refused.fields) : [];
  const form = formView({ language, labels, value: typed ? typed.get : () => '', problems });
  return showPage(c, {
    title: menu,
    room: 'warehouses',
    status: refused ? 422 : 200,
    children: (
      <>
        <h1>{menu}</h1>
        {all.length === 0 && <p class="empty">{none}</p>}
        <ul>
          {all.map(({ name, place }) => (
            <li>{`${name} · ${place.city} ${place.district}`}</li>
          ))}
        </ul>
        <form method="post" action="/console/warehouses">
          <Hidden name="csrf" value={csrf} />
          <Hidden name="key" value={formKey(typed)} />
          {refused && <ErrorSummary form={form} message={messageAbove(language, refused, refused.fields)} />}
          <TextInput form={form} name="name" maxlength={120} />
          {parts.map((part) => (
            <TextInput form={form} name={`place.${part}`} maxlength={40} />
          ))}
          <Submit text={open} />
        </form>
      </>
    ),
  });
}

/** What a hub has. */
export function warehousesPage(c: ConsoleContext, door: Door) {
  return show(c, door);
}

/** One more. */
export async function openWarehouseForm(c: ConsoleContext, door: Door) {
  const { member } = c.get('visit');
  const form = c.get('form');
  const reader = readerOf(form.get);
  const place = Object.fromEntries(parts.map((part) => [part, reader.text(`place.${part}`)]));
  const body = { name: reader.text('name'), place };
  try {
    await openWarehouse(door.hub, body, member, onceFor(member, form, body));
    return c.redirect('/console/warehouses', 303);
  } catch (error) {
    if (!(error instanceof Rejected) || error.code === 'forbidden') throw error;
    return show(c, door, error);
  }
}
