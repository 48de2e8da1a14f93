import type { Page } from 'playwright-core';
import * as z from 'zod';
import type { Language } from '../../shared/domain/language.ts';

/** What a page says about itself, looked up in the browser. */
const LOOK = `(() => {
  const seen = (element) => element.checkVisibility({ visibilityProperty: true });
  const named = (control) =>
    control.labels?.length > 0 || control.getAttribute('aria-label') || control.getAttribute('aria-labelledby');
  const controls = [...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter(seen);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  const wide = [...document.querySelectorAll('main *')].filter(
    (element) => seen(element) && element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.scroll'),
  );
  return {
    lang: document.documentElement.lang,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    wide: wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 80)),
    unlabelled: controls.filter((control) => !named(control)).map((control) => control.outerHTML.slice(0, 120)),
    nameless: [...document.querySelectorAll('button, a[href]')]
      .filter((each) => seen(each) && !each.textContent.trim() && !each.getAttribute('aria-label'))
      .map((each) => each.outerHTML.slice(0, 120)),
    // what has no box of its own is passed over by the Tab key
    unreached: [...document.querySelectorAll('a[href], button')]
      .filter((each) => getComputedStyle(each).display === 'contents')
      .map((each) => each.outerHTML.slice(0, 120)),
    doubleIds: ids.filter((id, index) => ids.indexOf(id) !== index),
    unfilled: document.body.innerText.match(/\\{[a-z]\\w*\\}|undefined|\\[object Object\\]|\\bNaN\\b/gi) ?? [],
    headings: document.querySelectorAll('h1').length,
  };
})()`;

const Looked = z.object({
  lang: z.string(),
  overflow: z.number(),
  wide: z.array(z.string()),
  unlabelled: z.array(z.string()),
  nameless: z.array(z.string()),
  unreached: z.array(z.string()),
  doubleIds: z.array(z.string()),
  unfilled: z.array(z.string()),
  headings: z.number(),
});

/**
 * What every page of Jieli must have: its language declared, a heading, a label for each control, a name for each
 * button, links and buttons that the keyboard reaches, no text with a gap in it, and nothing wider than the window.
 */
export async function pageFaults(page: Page, language: Language): Promise<string[]> {
  const looked = Looked.parse(await page.evaluate(LOOK));
  const expected = language === 'zh' ? 'zh-CN' : 'en';
  return [
    ...(looked.lang === expected ? [] : [`lang is ${looked.lang}, not ${expected}`]),
    ...(looked.overflow > 0 ? [`scrolls sideways by ${looked.overflow}px: ${looked.wide.join(' ')}`] : []),
    ...looked.unlabelled.map((control) => `no label: ${control}`),
    ...looked.nameless.map((element) => `no name: ${element}`),
    ...looked.unreached.map((element) => `not reached by the keyboard: ${element}`),
    ...looked.doubleIds.map((id) => `id twice: ${id}`),
    ...looked.unfilled.map((text) => `not filled in: ${text}`),
    ...(looked.headings === 1 ? [] : [`${looked.headings} main headings`]),
  ].map((fault) => `${new URL(page.url()).pathname}: ${fault}`);
}
