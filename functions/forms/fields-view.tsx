import type { Child } from 'hono/jsx';
import type { AnyPart } from '../../shared/kinds/define.ts';
import type { PageView } from './application.ts';
import { PersonalUse } from './consent.tsx';
import { type Description, partsOf, textAt } from './description.ts';
import { FieldInput } from './field-input.tsx';
import type { OwnFields } from './own.ts';
import { Provinces } from './provinces.tsx';
import { RowTable } from './row-table.tsx';
import { Rows } from './rows.tsx';

type Named = readonly [name: string, part: AnyPart];

/** Fields that fit beside each other: two days, a name and its telephone; at a desk two choices. */
function inLines(fields: readonly Named[], dense: boolean): Named[][] {
  const fits = ([, a]: Named, [, b]: Named) =>
    (a.widget === 'line' && b.widget === 'phone') ||
    (a.widget === b.widget && (a.widget === 'date' || (dense && a.widget === 'choice')));
  const lines: Named[][] = [];
  for (const field of fields) {
    const last = lines.at(-1);
    const [first, second] = last ?? [];
    if (last && first && !second && fits(first, field)) last.push(field);
    else lines.push([field]);
  }
  return lines;
}

interface FieldsProps {
  readonly description: Description;
  readonly page: PageView;
  readonly names: readonly string[];
  readonly own?: OwnFields;
}

/** Fields in their order, with whatever is a kind's own among them. */
export function FieldsView({ description, page, names, own = {} }: FieldsProps) {
  const { fields, texts, kind } = description;
  const { dense = false, language } = page;

  const inputs = (named: readonly Named[]) =>
    inLines(named, dense).map((line) =>
      line.length === 1 ? (
        line.map(([name, part]) => <One name={name} part={part} />)
      ) : (
        <div class="columns two">
          {line.map(([name, part]) => (
            <One name={name} part={part} />
          ))}
        </div>
      ),
    );

  function One({ name, part }: { readonly name: string; readonly part: AnyPart }): Child {
    const text = textAt(texts, name);
    const inner = partsOf(part).map(([key, each]): Named => [`${name}.${key}`, each]);
    switch (part.widget) {
      case 'place':
        return (
          <>
            <div class="columns three">
              {inner.map(([each, of]) => (
                <FieldInput description={description} page={page} name={each} part={of} />
              ))}
            </div>
            {!dense && <Provinces language={language} />}
          </>
        );
      case 'group': {
        const use = fields[name]?.use;
        return (
          <fieldset class="group">
            <legend>{text?.label}</legend>
            {use && !dense && <PersonalUse language={language} kind={kind} group={use} />}
            {inputs(inner)}
          </fieldset>
        );
      }
      case 'rows':
        return <RowsOf name={name} part={part} />;
      default:
        return <FieldInput description={description} page={page} name={name} part={part} />;
    }
  }

  function RowsOf({ name, part }: { readonly name: string; readonly part: Extract<AnyPart, { widget: 'rows' }> }) {
    const text = textAt(texts, name);
    const cell = (row: number, key: string, each: AnyPart) => ({ name: `${name}.${row}.${key}`, part: each });
    return (
      <>
        {text?.hint && <p class="hint">{text.hint}</p>}
        {dense ? (
          <RowTable page={page} name={name} part={part} texts={text?.parts ?? {}} />
        ) : (
          <Rows
            form={page.form}
            name={name}
            count={Math.min(page.rows, part.most)}
            title={text?.row ?? ''}
            add={text?.add ?? ''}
            row={(row) => (
              <div class={`row-line ${name}`}>
                {partsOf(part).map(([key, each]) => (
                  <FieldInput description={description} page={page} {...cell(row, key, each)} explained={row === 0} />
                ))}
              </div>
            )}
          />
        )}
      </>
    );
  }

  const drawn = names.flatMap((name): Named[] => {
    const field = fields[name];
    return field ? [[name, field]] : [];
  });
  // what a kind draws itself stands alone; what is between goes side by side where it fits
  const blocks: { readonly name?: string; readonly plain: Named[] }[] = [];
  for (const [name, part] of drawn) {
    const last = blocks.at(-1);
    if (own[name]?.view) blocks.push({ name, plain: [[name, part]] });
    else if (last && last.name === undefined) last.plain.push([name, part]);
    else blocks.push({ plain: [[name, part]] });
  }
  return (
    <>
      {blocks.map(({ name, plain }) =>
        name === undefined ? inputs(plain) : (own[name]?.view?.(page, inputs(plain)) ?? null),
      )}
    </>
  );
}
