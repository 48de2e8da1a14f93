import { createHash, createHmac } from 'node:crypto';

interface Access {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
}

/** Calls the queue service with a request signed by hand: an independent check of what the endpoint verifies. */
export async function queueCall({ endpoint, region, credentials }: Access, operation: string, input: object) {
  const body = JSON.stringify(input);
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const stamp = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = [stamp.slice(0, 8), region, 'sqs', 'aws4_request'];
  const { host } = new URL(endpoint);
  const canonical = `POST\n/\n\nhost:${host}\nx-amz-date:${stamp}\n\nhost;x-amz-date\n${hash(body)}`;
  const text = `AWS4-HMAC-SHA256\n${stamp}\n${scope.join('/')}\n${hash(canonical)}`;
  const key = scope.reduce<Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    Buffer.from(`AWS4${credentials.secretAccessKey}`),
  );
  const signature = createHmac('sha256', key).update(text).digest('hex');
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${operation}`,
      'x-amz-date': stamp,
      'x-amz-security-token': credentials.sessionToken,
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.join('/')}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    },
    body,
  });
  return { status: response.status, text: await response.text() };
}

/** What lies in a queue, as JSON; it stays there. */
export async function queueMessages(access: Access, QueueUrl: string): Promise<unknown[]> {
  const { text } = await queueCall(access, 'ReceiveMessage', {
    QueueUrl,
    MaxNumberOfMessages: 10,
    VisibilityTimeout: 0,
  });
  const answer: { Messages?: { Body: string }[] } = JSON.parse(text);
  return (answer.Messages ?? []).map((message) => JSON.parse(message.Body));
}
