import * as z from 'zod';

/** What CloudFormation sends when it makes, changes or removes a custom resource, as far as it is needed here. */
const Deployment = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
});
export type Deployment = z.infer<typeof Deployment>;

/** The event, if it is CloudFormation's. */
export function deploymentIn(event: unknown): Deployment | undefined {
  return Deployment.safeParse(event).data;
}

/**
 * Does `work` when the stack is made or changed, and tells CloudFormation what became of it at the address it gave. So a
 * stack that says it is there has its first data key, and nobody's first form is refused. Removing the stack does nothing.
 * @throws when CloudFormation's address does not take the answer: it asks again
 */
export async function answerDeployment(deployment: Deployment, work: () => Promise<unknown>): Promise<void> {
  const { RequestType, ResponseURL, StackId, RequestId, LogicalResourceId } = deployment;
  let failure: string | undefined;
  try {
    if (RequestType !== 'Delete') await work();
  } catch (error) {
    failure = error instanceof Error ? error.name : 'unknown';
  }
  const answer = {
    Status: failure === undefined ? 'SUCCESS' : 'FAILED',
    ...(failure !== undefined && { Reason: `the data key could not be made: ${failure}` }),
    PhysicalResourceId: LogicalResourceId,
    StackId,
    RequestId,
    LogicalResourceId,
  };
  // the address is signed for a request without a type
  const response = await fetch(ResponseURL, { method: 'PUT', body: Buffer.from(JSON.stringify(answer)) });
  if (!response.ok) throw new Error(`CloudFormation answers ${response.status}`);
}
