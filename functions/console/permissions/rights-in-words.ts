import type { Language } from '../../../shared/domain/language.ts';
import { type Action, permissions } from '../../../shared/domain/permissions.ts';
import type { Areas } from '../area.ts';
import { permissionText } from '../texts/permissions.ts';

interface Group {
  readonly title: string;
  readonly actions: readonly { readonly action: Action; readonly said: string }[];
}

function isAction(name: string): name is Action {
  return Object.hasOwn(permissions, name);
}

const order = Object.keys(permissions);

/** What can be permitted, in words and by groups: what each area says of its own, and what is no area's alone. */
export function rightsInWords(language: Language, areas: Areas): Group[] {
  return Object.entries(permissionText[language].groups).map(([name, { title, actions }]) => {
    const ofAreas = areas.flatMap(([, { rights }]) =>
      rights?.group === name ? Object.entries(rights.words(language)) : [],
    );
    const all = [...Object.entries(actions), ...ofAreas].flatMap(([action, said]) =>
      isAction(action) ? [{ action, said }] : [],
    );
    return { title, actions: all.sort((a, b) => order.indexOf(a.action) - order.indexOf(b.action)) };
  });
}
