export { type Condition, holds, parseCondition } from './condition.ts';
export {
  type KeyConditions,
  type KeyRange,
  type KeySchema,
  keysAskedFor,
  parseKeyConditions,
} from './key-condition.ts';
export { type Placeholders, readPlaceholders } from './placeholders.ts';
export { type Projection, parseProjection, project } from './projection.ts';
export { applyUpdate, parseUpdate, pathsOf, type Update } from './update.ts';
