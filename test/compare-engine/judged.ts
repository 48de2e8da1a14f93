import { comparable, type Difference } from './alike.ts';
import type { Answer } from './engines.ts';
import type { Call } from './random-calls.ts';

/** A call that both answered, each in another way. */
export interface Differing {
  readonly call: Call;
  readonly mine: Answer;
  readonly other: Answer;
  readonly grade: Difference['grade'];
}

/** Why a difference is none of ours to mend: what AWS does, and who says so. */
interface Judgement {
  readonly why: string;
  holds(differing: Differing): boolean;
}

type Json = Readonly<Record<string, unknown>>;
const isJson = (json: unknown): json is Json => typeof json === 'object' && json !== null && !Array.isArray(json);
const fieldOf = (json: unknown, name: string): unknown => (isJson(json) ? json[name] : undefined);

const codeOf = ({ status, body }: Answer): string =>
  status === 200 ? 'done' : String(fieldOf(body, '__type')).replace(/^.*#/, '');
const wordsOf = ({ body }: Answer): string => String(fieldOf(body, 'message') ?? fieldOf(body, 'Message'));
const reasonsOf = ({ body }: Answer): string => JSON.stringify(fieldOf(body, 'CancellationReasons') ?? []);

/** What AWS says of a request before it looks at any item: the sentences of its own, as public suites have recorded them. */
const ofTheRequest =
  /^(Invalid (Update|Condition|Filter|Projection|KeyCondition)Expression: (Syntax error; token|Two document paths (overlap|conflict) with|Incorrect operand type for|Incorrect number of operands|Attribute name is a reserved keyword|The BETWEEN operator requires|Invalid (attribute type|function) name|An expression attribute (name|value) used|The first operand must be distinct|The expression can not be empty|The function is not allowed|Operator or function requires)|ExpressionAttribute(Names|Values) (contains invalid|can only be specified|must not be empty)|Value provided in ExpressionAttribute(Names|Values) unused|One or more parameter values (were invalid|are not valid)|ReturnValues can only be|The provided key element does not match|Input collection contains duplicates|Supplied AttributeValue|Transaction request cannot include)/;
/** What AWS says of an update that the item does not allow. */
const ofTheItem =
  /^(The document path provided in the update expression is invalid|The provided expression refers to an attribute that does not exist|An operand in the update expression has an incorrect data type)/;

const withoutEmptyItems = (answer: Answer): string => comparable(answer).replaceAll('{"Item":{}}', '{}');
const withoutUnits = ({ body }: Answer): string =>
  comparable({ status: 200, body: isJson(body) ? { ...body, ConsumedCapacity: undefined } : body });
/** Answers without keys, which are `pk` and `sk` in all tables here. */
function withoutKeys(answer: Answer): string {
  const strip = (json: unknown): unknown => {
    if (Array.isArray(json)) return json.map(strip);
    if (!isJson(json)) return json;
    const kept = Object.entries(json).filter(([name]) => name !== 'pk' && name !== 'sk');
    return Object.fromEntries(kept.map(([name, each]) => [name, strip(each)]));
  };
  return withoutEmptyItems({ ...answer, body: strip(answer.body) });
}
const itemsOf = ({ body }: Answer): readonly unknown[] => {
  const items = fieldOf(body, 'Items');
  return Array.isArray(items) ? items : [];
};
const distinct = (answer: Answer): string => JSON.stringify([...new Set(itemsOf(answer))].toSorted());
const namesOfKey = ({ input }: Call): readonly string[] => Object.keys(fieldOf(input, 'Key') ?? {});
const textsOf = ({ input }: Call): string => `${input.FilterExpression ?? ''} ${input.ConditionExpression ?? ''}`;
const isTransaction = ({ operation }: Call): boolean => operation.startsWith('Transact');

/** Each was read against AWS's documentation on 2026-12-01, or against what others have recorded of AWS. */
const judgements: readonly Judgement[] = [
  {
    why: 'A request is judged before any item is: what is wrong in it is a ValidationException, also where no item would be looked at, where a condition would fail first, and in a transaction, whose reasons are of its items (API reference, "Common errors"; TransactWriteItems, "Errors").',
    holds: ({ mine, other, grade, call }) =>
      grade !== 'refused in other words' &&
      codeOf(mine) === 'ValidationException' &&
      ofTheRequest.test(wordsOf(mine)) &&
      (['done', 'ConditionalCheckFailedException'].includes(codeOf(other)) || isTransaction(call)),
  },
  {
    why: 'REMOVE, ADD and DELETE of a nested path whose parent is not there are refused (scylladb #10043, seen on AWS; dynalite, test/updateItem.js).',
    holds: ({ mine, other }) => ofTheItem.test(wordsOf(mine)) && codeOf(other) === 'done',
  },
  {
    why: 'The same in a transaction is a ValidationError among the reasons (TransactWriteItems, "Cancellation reasons").',
    holds: ({ mine, other }) =>
      codeOf(mine) === 'TransactionCanceledException' &&
      /"Code":"ValidationError"/.test(reasonsOf(mine)) &&
      ['done', 'ValidationException', 'TransactionCanceledException'].includes(codeOf(other)),
  },
  {
    why: 'Of several faults in one transaction each engine names others; AWS says of no order.',
    holds: ({ mine, other }) =>
      codeOf(mine) === 'TransactionCanceledException' && codeOf(other) === 'TransactionCanceledException',
  },
  {
    why: 'A token stands for a transaction that was done; one that was refused leaves none (TransactWriteItems, "ClientRequestToken": idempotent for ten minutes after it completed).',
    holds: ({ other, call }) => isTransaction(call) && codeOf(other) === 'IdempotentParameterMismatchException',
  },
  {
    why: 'Both refuse it with the same code: ours in a sentence of AWS, theirs in another or naming another of several faults, of whose order AWS says nothing.',
    holds: ({ mine, grade }) =>
      grade === 'refused in other words' && (ofTheRequest.test(wordsOf(mine)) || ofTheItem.test(wordsOf(mine))),
  },
  {
    why: 'ALL_OLD and UPDATED_OLD of an item that was not there before are nothing (UpdateItem, "ReturnValues": as it appeared before the operation); theirs tells the key.',
    holds: ({ mine, other, call }) =>
      call.operation === 'UpdateItem' &&
      fieldOf(mine.body, 'Attributes') === undefined &&
      JSON.stringify(Object.keys(fieldOf(other.body, 'Attributes') ?? {}).toSorted()) ===
        JSON.stringify(namesOfKey(call).toSorted()),
  },
  {
    why: 'An item without any projected attribute is an empty map, one that is not there is none (TransactGetItems, "Responses").',
    holds: ({ mine, other, call }) =>
      call.operation === 'TransactGetItems' && withoutEmptyItems(mine) === withoutEmptyItems(other),
  },
  {
    why: 'A projection gives what it names (TransactGetItems, "ProjectionExpression"); theirs adds the key to it.',
    holds: ({ mine, other, call }) => call.operation === 'TransactGetItems' && withoutKeys(mine) === withoutKeys(other),
  },
  {
    why: 'A page that ends with the last key of a table without a sort key is followed by none; theirs begins again for ever.',
    holds: ({ mine, other, grade, call }) =>
      grade === 'done otherwise' &&
      (call.input.Select === 'COUNT' || distinct(other) === distinct(mine)) &&
      Number(fieldOf(other.body, 'pages')) > Number(fieldOf(mine.body, 'pages')),
  },
  {
    why: 'INDEXES tells of each index that was read apart, local ones too (API reference, "ConsumedCapacity"); theirs adds a scan of one to its table.',
    holds: ({ mine, other, call }) =>
      call.operation === 'Scan' &&
      call.input.ReturnConsumedCapacity === 'INDEXES' &&
      withoutUnits(mine) === withoutUnits(other),
  },
  {
    why: 'The size of a text is its bytes (developer guide, "SIZE", which names the function of expressions); theirs counts characters.',
    holds: ({ call, grade }) => grade === 'done otherwise' && /\bsize\s*\(/.test(textsOf(call)),
  },
  {
    why: 'ScannedCount is how many items were evaluated (Query, "ScannedCount"): over all pages each once. Theirs counts the first of a page of 1 MB with the page before, too.',
    holds: ({ mine, other, call }) =>
      call.input.Select === 'COUNT' &&
      fieldOf(mine.body, 'Count') === fieldOf(other.body, 'Count') &&
      fieldOf(mine.body, 'ScannedCount') === fieldOf(mine.body, 'Count'),
  },
  {
    why: 'In a transaction an index row costs twice as the item does: writes of a transaction are made twice (developer guide, "Transactions", capacity). AWS says nothing of indexes apart; ours counts the dearer.',
    holds: ({ mine, other, call }) =>
      call.operation === 'TransactWriteItems' && codeOf(mine) === 'done' && withoutUnits(mine) === withoutUnits(other),
  },
];

/** Why this difference is none of ours; undefined when nobody has judged it. */
export const judgementOf = (differing: Differing): string | undefined =>
  judgements.find(({ holds }) => holds(differing))?.why;
