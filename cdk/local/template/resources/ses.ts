import { z } from 'zod';
import { ignored, read } from '../properties.ts';
import { arnOf, type Reader } from '../resource.ts';

const properties = z.strictObject({
  EmailIdentity: z.string(),
  ConfigurationSetAttributes: ignored,
  DkimAttributes: ignored,
  DkimSigningAttributes: ignored,
  FeedbackAttributes: ignored,
  MailFromAttributes: ignored,
  Tags: ignored,
});

/** Names of the DNS records that AWS would want; nothing on one machine looks them up. */
const dns = ['DkimDNSTokenName1', 'DkimDNSTokenName2', 'DkimDNSTokenName3'].flatMap((name) => [
  name,
  name.replace('Name', 'Value'),
]);

export const readIdentity: Reader = (resource, into) => {
  const { EmailIdentity: name } = read(resource, properties);
  into.identities.push({ name, arn: arnOf(resource, 'ses', `identity/${name}`) });
  return { ref: name, attributes: Object.fromEntries(dns.map((key) => [key, `${key.toLowerCase()}.invalid`])) };
};
