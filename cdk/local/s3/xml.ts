/** What stands in an element: a text, or elements by name. A list repeats the element. */
export type Content = string | number | boolean | Elements;
export interface Elements {
  readonly [name: string]: Content | readonly Content[] | undefined;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function contentOf(content: Content): string {
  if (typeof content === 'object') return elementsOf(content);
  return String(content).replace(/[&<>"]/g, (each) => escapes[each] ?? each);
}

function elementsOf(elements: Elements): string {
  return Object.entries(elements)
    .flatMap(([name, content]) =>
      [content ?? []].flat().map((each: Content) => `<${name}>${contentOf(each)}</${name}>`),
    )
    .join('');
}

/** A document with one root element, as S3 writes them. */
export function xml(root: string, elements: Elements): string {
  const namespace = root === 'Error' ? '' : ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespace}>${elementsOf(elements)}</${root}>`;
}
