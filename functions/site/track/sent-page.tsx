import { maskEmail } from '../../../shared/domain/mask.ts';
import { kindText, nextText } from '../../../shared/i18n/kind-text.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import { HubContact } from '../../web/hub-contact.tsx';
import { originOf } from '../../web/origin.ts';
import { respond } from '../../web/page.tsx';
import type { Site } from '../app.tsx';
import { SitePage } from '../layout.tsx';
import { trackText } from '../texts/track.ts';
import { assigneeText } from './holder.tsx';
import { type Opened, partiesOf } from './opened.ts';

/** What was sent has its number and its private link: to keep, to copy, to print. */
export async function sentPage(opened: Opened, { publicUrl }: Site) {
  const { c, language, file, secret, task } = opened;
  const { subject } = file;
  const text = trackText[language];
  const parties = await partiesOf(opened);
  const origin = originOf(c, { publicUrl });
  const email = subject.contact?.email;
  return respond(
    c,
    <SitePage c={c} language={language} title={text.sentTitle} script="copy.js">
      <p class="steps">{kindText(language, subject.kind)}</p>
      <h1>{text.sentTitle}</h1>
      <section class="ticket">
        <p class="label">{text.sentNumber}</p>
        <p>
          <strong class="case-number">{subject.id}</strong>
        </p>
        <label class="label" for="private-link">
          {text.sentLink}
        </label>
        <textarea id="private-link" class="control full" rows={3} readonly>{`\n${origin}/track/${secret}`}</textarea>
        <div class="actions">
          <button class="button" type="button" data-copy="private-link" data-done={text.copied} hidden>
            {text.copy}
          </button>
          <button class="button second" type="button" data-print="" hidden>
            {text.print}
          </button>
          <a href={`/track/${secret}`}>{text.openTracking}</a>
        </div>
        <p>{text.sentKeep}</p>
        <p>{email ? fill(text.mailed, { address: maskEmail(email) }) : <strong>{text.notMailed}</strong>}</p>
      </section>
      <section>
        <h2>{text.nextTitle}</h2>
        <ol>
          {nextText(language, subject.kind).map((step) => (
            <li>{step}</li>
          ))}
        </ol>
        {task && (
          <p>{fill(text.nextDue, { who: assigneeText(language, task, parties), due: momentText(task.dueAt) })}</p>
        )}
        <HubContact language={language} hub={c.get('hubShown')} />
      </section>
    </SitePage>,
  );
}
