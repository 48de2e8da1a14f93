import { expect, test } from 'vitest';
import { html, page } from '../../cdk/local/console/html.ts';

test('a page of the local tools has its content in one main landmark, and the navigation before it', () => {
  const shown = page('Queue', html`<h1>Queue</h1>`, html`<nav><a href="/_aws">Stack</a></nav>`);
  expect(shown).toMatch(/<body><nav>.*<\/nav><main><h1>Queue<\/h1><\/main>/s);
});
