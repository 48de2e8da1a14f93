export { createLambda } from './create-lambda.ts';
export type { FunctionDefinition } from './function-definition.ts';
export { answerInvoke, invokedFunction } from './invoke-api.ts';
export type { LocalLambda } from './local-lambda.ts';
