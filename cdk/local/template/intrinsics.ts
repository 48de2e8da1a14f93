import { isList, isObject, type Json, type JsonObject } from './json.ts';
import { TemplateError } from './template-error.ts';

/** What intrinsic functions ask about the stack. */
export interface Scope {
  /** The value of a parameter, a pseudo parameter or a resource; undefined for `AWS::NoValue`. */
  ref(name: string): Json | undefined;
  attribute(logicalId: string, attribute: string): Json;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): Json;
  /** The value of a secret of Secrets Manager. */
  secret(name: string): string;
}

/** A dynamic reference to a whole secret, as CloudFormation resolves it when it deploys. */
const SECRET = /^\{\{resolve:secretsmanager:([^:{}]+)(?::SecretString:{0,3})?\}\}$/;

/**
 * Works out a template value: every intrinsic function in it is replaced by its result. What refers to
 * `AWS::NoValue` is left out (undefined at the top). Throws {@link TemplateError} for a function unknown here.
 */
export function resolve(value: Json, scope: Scope): Json | undefined {
  if (isList(value)) return value.map((each) => resolve(each, scope)).filter((each) => each !== undefined);
  if (!isObject(value)) return typeof value === 'string' ? dereferenced(value, scope) : value;
  const keys = Object.keys(value);
  const [only] = keys;
  if (keys.length === 1 && only !== undefined && (only === 'Ref' || only === 'Condition' || only.startsWith('Fn::'))) {
    const argument = value[only];
    if (only !== 'Condition' || typeof argument === 'string') return intrinsic(only, argument ?? null, scope);
  }
  const resolved: Record<string, Json> = {};
  for (const [key, each] of Object.entries(value)) {
    const found = resolve(each, scope);
    if (found !== undefined) resolved[key] = found;
  }
  return resolved;
}

function dereferenced(text: string, scope: Scope): string {
  const [, secret] = SECRET.exec(text) ?? [];
  if (secret !== undefined) return scope.secret(secret);
  if (text.includes('{{resolve:'))
    throw new TemplateError(`Dynamic references are not supported here, but to a secret: ${text}`);
  return text;
}

function intrinsic(name: string, argument: Json, scope: Scope): Json | undefined {
  switch (name) {
    case 'Ref':
      return scope.ref(text(argument, name));
    case 'Fn::GetAtt': {
      const [id, attribute] = isList(argument) ? argument : splitOnce(text(argument, name));
      return scope.attribute(text(id, name), text(resolve(attribute ?? null, scope), name));
    }
    case 'Fn::Join': {
      const [separator, parts] = list(argument, name);
      return list(resolve(parts ?? null, scope), name)
        .map((part) => text(part, name))
        .join(text(separator, name));
    }
    case 'Fn::Sub':
      return substitute(argument, scope);
    case 'Fn::Select': {
      const [index, from] = list(argument, name);
      const chosen = list(resolve(from ?? null, scope), name)[Number(resolve(index ?? null, scope))];
      if (chosen === undefined) throw new TemplateError(`Fn::Select has nothing at ${String(index)}.`);
      return chosen;
    }
    case 'Fn::Split': {
      const [separator, from] = list(argument, name);
      return text(resolve(from ?? null, scope), name).split(text(separator, name));
    }
    case 'Fn::If': {
      const [condition, yes, no] = list(argument, name);
      return resolve((scope.condition(text(condition, name)) ? yes : no) ?? null, scope);
    }
    case 'Fn::Base64':
      return Buffer.from(text(resolve(argument, scope), name)).toString('base64');
    case 'Fn::FindInMap': {
      const [map, first, second] = list(resolve(argument, scope), name).map((each) => text(each, name));
      return scope.mapping(map ?? '', first ?? '', second ?? '');
    }
    case 'Fn::Equals': {
      const [left, right] = list(resolve(argument, scope), name);
      return JSON.stringify(left) === JSON.stringify(right);
    }
    case 'Fn::And':
      return list(argument, name).every((each) => resolve(each, scope) === true);
    case 'Fn::Or':
      return list(argument, name).some((each) => resolve(each, scope) === true);
    case 'Fn::Not':
      return resolve(list(argument, name)[0] ?? null, scope) !== true;
    case 'Condition':
      return scope.condition(text(argument, name));
    default:
      throw new TemplateError(`${name} is not supported here.`);
  }
}

function substitute(argument: Json, scope: Scope): string {
  const [template, given] = isList(argument) ? argument : [argument];
  const variables: JsonObject = isObject(given) ? given : {};
  return text(template, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    const own = variables[name.trim()];
    if (own !== undefined) return text(resolve(own, scope), 'Fn::Sub');
    const [id, attribute] = splitOnce(name.trim());
    return text(attribute === undefined ? scope.ref(id) : scope.attribute(id, attribute), 'Fn::Sub');
  });
}

/** Splits `Table.StreamArn` at its first dot. */
export function splitOnce(name: string): [string, string?] {
  const dot = name.indexOf('.');
  return dot < 0 ? [name] : [name.slice(0, dot), name.slice(dot + 1)];
}

function text(value: Json | undefined, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(`${where} needs a text, not ${JSON.stringify(value)}.`);
}

function list(value: Json | undefined, where: string): readonly Json[] {
  if (isList(value)) return value;
  throw new TemplateError(`${where} needs a list, not ${JSON.stringify(value)}.`);
}
