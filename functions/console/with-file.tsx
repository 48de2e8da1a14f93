import { ChooseFile } from '../incoming/choose-file.tsx';
import { fileText } from '../incoming/texts.ts';
import { comeWithFile, type FileWay } from '../incoming/typed-file.ts';
import type { Room } from './areas.ts';
import type { ConsoleContext, Door } from './door.ts';
import { showPage } from './frame.tsx';

/** How the file of a form comes: for the member alone who typed it, for the party they acted for. */
export function wayOf(c: ConsoleContext, { hub, incoming, publicUrl }: Door, path: string): FileWay {
  const { id, party } = c.get('visit').member;
  return { c, hub, incoming, publicUrl, path, who: `${party} ${id}` };
}

interface WithFile {
  /** the form's own */
  readonly path: string;
  readonly room: Room;
  /** what the form's page does with a form that was sent */
  goOn(): Response | Promise<Response>;
}

/** A form that has its file, or the page where that is chosen. */
export async function withFile(c: ConsoleContext, door: Door, { path, room, goOn }: WithFile) {
  const come = await comeWithFile(wayOf(c, door, path));
  if ('choice' in come) {
    const { language } = c.get('visit');
    const children = <ChooseFile language={language} choice={come.choice} />;
    return showPage(c, { title: fileText[language].title, room, status: come.choice.wasEmpty ? 422 : 200, children });
  }
  c.set('form', come.form);
  const page = await goOn();
  await come.done();
  return page;
}
