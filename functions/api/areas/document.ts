import type { Call } from '../call.ts';
import { operation } from '../operation.ts';

export const document = {
  getOpenApi: operation({
    method: 'get',
    path: '/openapi.json',
    access: 'public',
    action: 'see-site',
    summary: 'This document',
    answer: { description: 'OpenAPI 3.1', schema: 'document' },
    handle: async (call: Call) => ({ body: call.document(), headers: { 'cache-control': 'no-cache' } }),
  }),
};
