import type * as z from 'zod';
import type { RejectionCode } from '../../shared/domain/errors.ts';
import type { Action } from '../../shared/domain/permissions.ts';
import { parseInput } from '../../shared/domain/problems.ts';
import { type Answer, type Asking, type At, type Call, inPlace, type Places } from './call.ts';

/** Where the API begins. */
export const apiRoot = '/api/v1';

/**
 * Who may call: `public` anybody; `link` the holder of the private link in the path; `optional` anybody, and with a
 * bearer token a coordinator for somebody else; `token` members only.
 */
export type Access = 'public' | 'link' | 'optional' | 'token';

/** Schemas by their names in the document. */
export type Named = Readonly<Record<string, z.ZodType>>;

export interface Example {
  readonly summary: string;
  readonly value: unknown;
}

/** A body in one media type. */
export interface Content {
  /** JSON fits any of these */
  readonly schemas?: Named;
  /** what is no JSON, as the document has it */
  readonly file?: Readonly<Record<string, unknown>>;
  /** bodies that work as they stand, by name; `now` in milliseconds dates them */
  readonly examples: (now: number) => Readonly<Record<string, Example>>;
}

/** The body of a request, by media type. */
export interface Body {
  /** whether it may be left out, since all that is in it may */
  readonly optional?: true;
  readonly content: Readonly<Record<string, Content>>;
}

/** A body of JSON that fits any of the schemas. */
export function json(schemas: Named, examples: Content['examples']): Body {
  return { content: { 'application/json': { schemas, examples } } };
}

/** The same, which may be left out. */
export function optionalJson(schemas: Named, examples: Content['examples']): Body {
  return { ...json(schemas, examples), optional: true };
}

/** What is answered: JSON of one schema, a spreadsheet, or the document itself. */
type Form = Named | 'spreadsheet' | 'document';

interface Said<F extends Form> {
  readonly access: Access;
  /** what must be permitted for it: asked before anything of the request is read */
  readonly action: Action;
  /** concerns all of the caller's parties: they need not say for which they act */
  readonly allParties?: boolean;
  readonly summary: string;
  readonly description?: string;
  readonly answer: {
    /** 200 unless told */
    readonly status?: 201 | 202;
    readonly description: string;
    readonly schema: F;
    /** whether it can be asked for as a spreadsheet too */
    readonly orCsv?: true;
  };
  /** refusals beside those that every operation of its sort has */
  readonly refusals?: readonly RejectionCode[];
}

/** One operation of the API, under {@link apiRoot}: all that routing, rights, gateway and document know of it. */
export interface Operation extends Said<Form> {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly places: Places;
  readonly query: z.ZodType | undefined;
  readonly request: Body | undefined;
  readonly handle: (call: Call) => Promise<Answer>;
}

type PlaceNames<P extends string> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | PlaceNames<Rest> : never;

/** What stands in each place of the path must be said; without places there is nothing to say. */
type Placed<P extends string> = [PlaceNames<P>] extends [never]
  ? unknown
  : { readonly places: Readonly<Record<PlaceNames<P>, z.ZodType>> };

type Sent =
  | { readonly method: 'get' }
  // every POST says what is sent, even where that is nothing
  | { readonly method: 'post'; readonly request: Body | 'nothing' };

/** The same, of which nobody changes anything. */
type Fixed<T> = unknown extends T
  ? T
  : T extends string | number | boolean | null | undefined
    ? T
    : { readonly [K in keyof T]: Fixed<T[K]> };

/** A spreadsheet goes as bytes; anything else as its schema has it. */
type BodyOf<F extends Form> = F extends Named ? Fixed<z.output<F[keyof F]>> | Uint8Array<ArrayBuffer> : unknown;

function placeIn<L extends Places, K extends keyof L & string>(places: L | undefined, name: K, call: Call) {
  if (!places) throw new Error(`nothing is said of ${name} in the path`);
  return inPlace<L[K]>(places[name], call.params[name]);
}

function askedOf<Q extends z.ZodType>(query: Q | undefined, call: Call) {
  if (!query) throw new Error('it takes no query');
  return parseInput<Q>(query, call.query);
}

/**
 * Describes one endpoint. A part that is forgotten does not compile, nor does an answer that its schema does not have.
 * The handler asks for its places, its query and its JSON when it needs them: what is wrong is refused in that order.
 */
export function operation<
  const P extends string,
  F extends Form,
  L extends Places = Record<never, never>,
  Q extends z.ZodType = z.ZodUndefined,
>(
  said: Said<F> &
    Sent &
    Placed<P> & {
      readonly path: P;
      readonly places?: L;
      readonly query?: Q;
      readonly handle: (call: At<NoInfer<L>> & Asking<NoInfer<Q>>) => Promise<Answer<NoInfer<BodyOf<F>>>>;
    },
): Operation {
  const places: L | undefined = said.places;
  const query: Q | undefined = said.query;
  const handle: (call: At<L> & Asking<Q>) => Promise<Answer> = said.handle;
  const common: Said<Form> = said;
  return {
    ...common,
    method: said.method,
    path: said.path,
    request: said.method === 'get' || said.request === 'nothing' ? undefined : said.request,
    places: places ?? {},
    query,
    handle: (call) =>
      handle({
        ...call,
        place: (name) => placeIn<L, typeof name>(places, name, call),
        asked: () => askedOf<Q>(query, call),
      }),
  };
}

/** A part of the API, which the document lists together. */
export interface Area {
  readonly about: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** schemas within those of the operations that the document names, too */
  readonly parts?: Named;
}
