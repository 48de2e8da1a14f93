import type { Authorizer } from '../iam/authorizer.ts';
import { answerInvoke, invokedFunction, type LocalLambda } from '../lambda/index.ts';
import type { EndpointService } from './service.ts';

/** Lambda's Invoke, for functions that call one another and for the command line. */
export function lambdaService(
  lambda: LocalLambda,
  authorizer: Authorizer,
  arnOf: (name: string) => string,
): EndpointService {
  return {
    errorType: 'application/json',
    operation: ({ method, url = '' }) =>
      method === 'POST' && invokedFunction(url) !== undefined ? 'Invoke' : undefined,
    async answer({ request, body, caller }) {
      const name = invokedFunction(request.url ?? '') ?? '';
      authorizer.require(caller, { action: 'lambda:InvokeFunction', resource: arnOf(name) });
      return answerInvoke(lambda, name, request.headers, body);
    },
  };
}
