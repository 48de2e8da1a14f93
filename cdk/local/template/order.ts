import type { Template, TemplateResource } from './assembly.ts';
import { splitOnce } from './intrinsics.ts';
import { isList, isObject, type Json } from './json.ts';
import { TemplateError } from './template-error.ts';

/** The logical ids of a template's resources, each after those that it refers to. Throws on a circle. */
export function inOrder(resources: Template['Resources']): readonly string[] {
  const ordered: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string, path: readonly string[]): void => {
    const resource = resources[id];
    if (resource === undefined || state.get(id) === 'done') return;
    if (state.get(id) === 'open')
      throw new TemplateError(`Resources refer to one another: ${[...path, id].join(' → ')}`);
    state.set(id, 'open');
    for (const other of references(resource)) visit(other, [...path, id]);
    state.set(id, 'done');
    ordered.push(id);
  };
  for (const id of Object.keys(resources)) visit(id, []);
  return ordered;
}

function references(resource: TemplateResource): ReadonlySet<string> {
  const found = new Set<string>(typeof resource.DependsOn === 'string' ? [resource.DependsOn] : resource.DependsOn);
  const search = (value: Json): void => {
    if (isList(value)) value.forEach(search);
    if (!isObject(value)) return;
    for (const [key, each] of Object.entries(value)) {
      if (key === 'Ref' && typeof each === 'string') found.add(each);
      if (key === 'Fn::GetAtt') {
        const id = isList(each) ? each[0] : each;
        if (typeof id === 'string') found.add(splitOnce(id)[0]);
      }
      if (key === 'Fn::Sub') {
        const template = isList(each) ? each[0] : each;
        const names = typeof template === 'string' ? template.matchAll(/\$\{([^!}][^}]*)\}/g) : [];
        for (const match of names) found.add(splitOnce((match[1] ?? '').trim())[0]);
      }
      search(each);
    }
  };
  search(resource.Properties);
  return found;
}
