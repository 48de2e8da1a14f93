import type { Authorizer } from '../iam/authorizer.ts';
import type { LocalLambda } from '../lambda/index.ts';
import { ServiceError } from '../types.ts';
import type { EndpointService, ServiceAnswer } from './service.ts';

const INVOKE = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?Qualifier=([^&]+))?$/;
const LARGEST = 6 * 1024 * 1024;

/** Lambda's Invoke, for functions that call one another and for the command line. */
export function lambdaService(
  lambda: LocalLambda,
  authorizer: Authorizer,
  arnOf: (name: string) => string,
): EndpointService {
  return {
    errorType: 'application/json',
    operation: (request) => (request.method === 'POST' && INVOKE.test(request.url ?? '') ? 'Invoke' : undefined),
    async answer({ request, body, caller }): Promise<ServiceAnswer> {
      const [, encoded = '', qualifier] = INVOKE.exec(request.url ?? '') ?? [];
      const name = `${decodeURIComponent(encoded)}${qualifier === undefined ? '' : `:${qualifier}`}`;
      await authorizer.require(caller, { action: 'lambda:InvokeFunction', resource: arnOf(name) });
      lambda.check(name);
      if (body.length > LARGEST) {
        throw new ServiceError('RequestTooLargeException', `Request must be smaller than ${LARGEST} bytes.`, 413);
      }
      const payload = body.length === 0 ? 'null' : body.toString('utf8');
      const headers = { 'content-type': 'application/json' };
      switch (request.headers['x-amz-invocation-type']) {
        case 'DryRun':
          return { status: 204, headers, body: '' };
        case 'Event':
          await lambda.invokeAsync(name, payload);
          return { status: 202, headers, body: '' };
        default: {
          const result = await lambda.invoke(name, payload);
          const failed = result.functionError && { 'x-amz-function-error': result.functionError };
          return {
            status: 200,
            headers: {
              ...headers,
              'x-amzn-requestid': result.requestId,
              'x-amz-executed-version': '$LATEST',
              ...failed,
            },
            body: result.payload,
          };
        }
      }
    },
  };
}
