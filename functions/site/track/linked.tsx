import type { CaseId } from '../../../shared/domain/ids.ts';
import { trackText } from '../texts/track.ts';
import type { Opened } from './opened.ts';

/** A case number, as a link where its secret is known. */
export function CaseLink({ id, secrets }: { readonly id: CaseId; readonly secrets: ReadonlyMap<string, string> }) {
  const secret = secrets.get(id);
  return secret ? <a href={`/track/${secret}`}>{id}</a> : <strong>{id}</strong>;
}

/** Needs that continue this one, that it continues, or that it was merged into. */
export function Linked({
  opened,
  secrets,
}: {
  readonly opened: Opened;
  readonly secrets: ReadonlyMap<string, string>;
}) {
  const { subject } = opened.file;
  const text = trackText[opened.language];
  const link = (sentence: string, id: CaseId) => {
    const [before, after] = sentence.split('{case}');
    return (
      <p>
        {before}
        <CaseLink id={id} secrets={secrets} />
        {after}
      </p>
    );
  };
  const merged = subject.stage === 'merged' ? subject.mergedInto : undefined;
  if (!subject.parent && subject.children.length === 0 && !merged) return null;
  return (
    <section>
      <h2>{text.linkedTitle}</h2>
      {subject.parent && link(text.parent, subject.parent)}
      {subject.children.map((id) => link(text.child, id))}
      {merged && link(text.mergedInto, merged)}
    </section>
  );
}
