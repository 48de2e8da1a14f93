import * as z from 'zod';

/** What a stack chose before, as far as a change of it may do harm: before there were shards, there was one. */
const Chosen = z.object({ INDEX_SHARDS: z.coerce.number().default(1) });

/** What CloudFormation sends when it makes, changes or removes a custom resource, as far as it is needed here. */
const Deployment = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  ResourceProperties: Chosen,
  OldResourceProperties: Chosen.optional(),
});
export type Deployment = z.infer<typeof Deployment>;

/** The event, if it is CloudFormation's. */
export function deploymentIn(event: unknown): Deployment | undefined {
  return Deployment.safeParse(event).data;
}

/** Why a change would do harm; undefined where it does none. What lies in shards that nobody reads any more is in no list. */
function harmOf({ RequestType, ResourceProperties, OldResourceProperties }: Deployment): string | undefined {
  const before = OldResourceProperties?.INDEX_SHARDS ?? 1;
  if (RequestType !== 'Update' || ResourceProperties.INDEX_SHARDS >= before) return undefined;
  return `indexShards cannot be lowered: it is ${before}`;
}

/**
 * Does `work` when the stack is made or changed, and tells CloudFormation what became of it at the address it gave. So a
 * stack that says it is there has its first data key, and nobody's first form is refused. A change that would
 * lose something fails, and CloudFormation goes back. Removing the stack does nothing.
 * @throws when CloudFormation's address does not take the answer: it asks again
 */
export async function answerDeployment(deployment: Deployment, work: () => Promise<unknown>): Promise<void> {
  const { RequestType, ResponseURL, StackId, RequestId, LogicalResourceId } = deployment;
  let failure = harmOf(deployment);
  try {
    if (RequestType !== 'Delete' && failure === undefined) await work();
  } catch (error) {
    failure = `the data key could not be made: ${error instanceof Error ? error.name : 'unknown'}`;
  }
  const answer = {
    Status: failure === undefined ? 'SUCCESS' : 'FAILED',
    ...(failure !== undefined && { Reason: failure }),
    PhysicalResourceId: LogicalResourceId,
    StackId,
    RequestId,
    LogicalResourceId,
  };
  // the address is signed for a request without a type
  const response = await fetch(ResponseURL, { method: 'PUT', body: Buffer.from(JSON.stringify(answer)) });
  if (!response.ok) throw new Error(`CloudFormation answers ${response.status}`);
}
