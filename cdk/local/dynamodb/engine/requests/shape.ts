/** What a part of a request must look like. Fields are checked in the order in which AWS names their faults. */
export type Shape = TextShape | NumberShape | FlagShape | ListShape | MapShape | StructShape | AttributesShape;

interface TextShape extends Presence {
  readonly is: 'text';
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: Pattern;
  readonly oneOf?: readonly string[];
  /** An ARN may stand there too. */
  readonly orArn?: boolean;
}

/** A regular expression, as AWS's messages show it and as it is tried. */
interface Pattern {
  readonly shown: string;
  readonly whole: RegExp;
}

interface NumberShape extends Presence {
  readonly is: 'number';
  /** What AWS's reader calls the type. */
  readonly type: 'Integer' | 'Long';
  readonly from?: number;
  readonly to?: number;
}

interface FlagShape extends Presence {
  readonly is: 'flag';
}

interface ListShape extends Presence {
  readonly is: 'list';
  readonly of: Shape;
  readonly min?: number;
  readonly max?: number;
}

interface MapShape extends Presence {
  readonly is: 'map';
  readonly of: Shape;
}

export interface StructShape extends Presence {
  readonly is: 'struct';
  /** What AWS's messages call it. */
  readonly name?: string;
  readonly fields: Readonly<Record<string, Shape>>;
}

/** Attribute values by name; reading them is another's work. */
interface AttributesShape extends Presence {
  readonly is: 'attributes';
}

interface Presence {
  readonly required?: boolean;
}

type Without<T> = Omit<T, 'is'>;

export const pattern = (shown: string): Pattern => ({ shown, whole: new RegExp(`^(?:${shown})$`) });
export const text = (how: Without<TextShape> = {}): TextShape => ({ is: 'text', ...how });
export const integer = (from: number, to?: number): NumberShape => ({
  is: 'number',
  type: 'Integer',
  from,
  ...(to !== undefined && { to }),
});
/** A number of units of throughput. */
export const units: NumberShape = { is: 'number', type: 'Long', from: 1, required: true };
export const flag: FlagShape = { is: 'flag' };
export const list = (of: Shape, how: Omit<Without<ListShape>, 'of'> = {}): ListShape => ({ is: 'list', of, ...how });
export const map = (of: Shape, how: Presence = {}): MapShape => ({ is: 'map', of, ...how });
export const struct = (fields: StructShape['fields'], how: Omit<Without<StructShape>, 'fields'> = {}): StructShape => ({
  is: 'struct',
  fields,
  ...how,
});
export const attributes: AttributesShape = { is: 'attributes' };
export const requiredAttributes: AttributesShape = { is: 'attributes', required: true };
export const oneOf = (...words: readonly string[]): TextShape => ({ is: 'text', oneOf: words });
