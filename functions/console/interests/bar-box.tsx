import type { SeenBar } from '../../../shared/case/lift-bar.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import { Hidden } from '../../web/inputs.tsx';
import { Submit } from '../../web/submit.tsx';
import type { Dossier } from '../case/dossier.ts';
import type { Visit } from '../door.ts';
import { barText } from '../texts/bar.ts';

/** The form by which who leads asks, and a second person agrees. */
function Lift({ visit, dossier, bar }: { readonly visit: Visit; readonly dossier: Dossier; readonly bar: SeenBar }) {
  const text = barText[visit.language];
  if (!bar.may) return null;
  const field = `lift-${bar.id}`;
  return (
    <form method="post" action={`/console/cases/${dossier.subject.id}/bar`}>
      <Hidden name="csrf" value={visit.csrf} />
      <Hidden name="bar" value={bar.id} />
      <label class="label" for={field}>
        {text.reason}
      </label>
      <textarea id={field} class="control full" name="reason" rows={2} required maxlength={500} />
      <Submit text={text[bar.may]} look="second" of={bar.name} />
    </form>
  );
}

/** Whom what the applicant typed keeps from the case: for who leads them and auditors, who see it, and who lift it together. */
export function BarBox({ visit, dossier }: { readonly visit: Visit; readonly dossier: Dossier }) {
  const text = barText[visit.language];
  if (dossier.bars.length === 0) return null;
  return (
    <section class="verdicts quiet">
      <h3>{text.title}</h3>
      <p class="hint">{text.hint}</p>
      {dossier.bars.map((bar) => (
        <div>
          <p>
            {fill(text[bar.by], { name: bar.name })}
            <span class="sub">
              {fill(text.since, { at: momentText(bar.at) })}
              {bar.asked && ` · ${fill(text.asked, { name: bar.asked.name, at: momentText(bar.asked.at) })}`}
              {bar.lifted && ` · ${fill(text.lifted, { name: bar.lifted.name, at: momentText(bar.lifted.at) })}`}
            </span>
          </p>
          <Lift visit={visit} dossier={dossier} bar={bar} />
        </div>
      ))}
    </section>
  );
}
