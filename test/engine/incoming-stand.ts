import type { FunctionName } from '../../cdk/bundle.ts';
import { type Incoming, incomingFiles } from '../../functions/incoming/incoming.ts';
import { startObjectService } from './object-service.ts';
import { deployed } from './policed-table.ts';

/** The bucket for files that people give, as a function of the deployed stack reaches it. */
export async function startIncoming(
  name: FunctionName,
): Promise<{ readonly incoming: Incoming; stop(): Promise<void> }> {
  const { buckets, functions, roles } = deployed();
  const roleArn = functions.find((one) => one.name === name)?.roleArn;
  const policies = roles.find(([arn]) => arn === roleArn)?.[1] ?? [];
  const bucket = buckets.find(({ logicalId }) => logicalId.startsWith('Incoming'));
  if (!bucket) throw new Error('no bucket for files in the template');
  const Statement = policies.flatMap(({ document }) => [document.Statement ?? []].flat());
  const service = await startObjectService({ [name]: { Version: '2012-10-17', Statement } }, [bucket]);
  return {
    incoming: incomingFiles({
      s3: service.client(name),
      bucket: bucket.name,
      url: `${service.formsUrl}/${bucket.name}`,
    }),
    stop: service.stop,
  };
}
