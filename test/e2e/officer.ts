import type { Reader, Values } from './reader.ts';

/** Opens a page of the console as a person, signing in where the issuer asks who it is. */
export async function openAs(reader: Reader, sub: string, address = '/console'): Promise<void> {
  await reader.open(address);
  const person = reader.page.locator(`button[name="sub"][value="${sub}"]`);
  if ((await person.count()) > 0) await reader.turn(() => person.click());
}

export function openCaseAs(reader: Reader, sub: string, id: string): Promise<void> {
  return openAs(reader, sub, `/console/cases/${id}`);
}

/**
 * Gives an answer to the task on the page of a case. `values` are by field name, as far as the outcome's own part of it;
 * quantities are by the item's name.
 */
export async function decide(reader: Reader, outcome: string, values: Values = {}): Promise<void> {
  const { page } = reader;
  const summary = page.locator('summary', { hasText: new RegExp(`^\\s*${outcome}\\s*$`) });
  const verdict = page.locator('details.verdict').filter({ has: summary });
  if ((await verdict.getAttribute('open')) === null) await verdict.locator(summary).click();
  for (const [name, value] of Object.entries(values)) {
    const named = verdict.locator(`[name$=".${name}"]`);
    const field = (await named.count()) > 0 ? named : verdict.getByLabel(name, { exact: true });
    if (typeof value === 'boolean') await field.setChecked(value);
    else if ((await field.evaluate((element) => element.nodeName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  await reader.press(outcome, verdict);
}
