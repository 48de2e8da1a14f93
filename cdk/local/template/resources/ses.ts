import { z } from 'zod';
import { boolean, ignored, notSupported, read } from '../properties.ts';
import { arnOf, nameOf, type Reader } from '../resource.ts';
import { TemplateError } from '../template-error.ts';

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

const setProperties = z.strictObject({
  Name: z.string().optional(),
  DeliveryOptions: ignored,
  ReputationOptions: ignored,
  SendingOptions: z.strictObject({ SendingEnabled: z.literal(true).optional() }).optional(),
  // the account's list is not kept here: who sends keeps one
  SuppressionOptions: ignored,
  TrackingOptions: ignored,
  VdmOptions: ignored,
  Tags: ignored,
});

export const readConfigurationSet: Reader = (resource, into) => {
  const name = nameOf(resource, read(resource, setProperties).Name, 64);
  into.configurationSets.push({ name, arn: arnOf(resource, 'ses', `configuration-set/${name}`), events: new Set() });
  return { ref: name };
};

/** What happens to a mail here; the others are for readers of mail and for templates. */
const MADE_HERE = ['BOUNCE', 'COMPLAINT'];

const destinationProperties = z.strictObject({
  ConfigurationSetName: z.string(),
  EventDestination: z.strictObject({
    Name: z.string().optional(),
    Enabled: boolean.default(false),
    MatchingEventTypes: z.array(
      z.string().transform((type) => type.toUpperCase().replace(/^RENDERINGFAILURE$/, 'RENDERING_FAILURE')),
    ),
    EventBridgeDestination: z.strictObject({ EventBusArn: z.string().endsWith(':event-bus/default') }),
  }),
});

export const readEventDestination: Reader = (resource, into) => {
  const { ConfigurationSetName, EventDestination: to } = read(resource, destinationProperties);
  const set = into.configurationSets.find(({ name }) => name === ConfigurationSetName);
  if (set === undefined) {
    throw new TemplateError(
      `${resource.logicalId} names a configuration set that is not here: ${ConfigurationSetName}`,
    );
  }
  const unknown = to.MatchingEventTypes.filter((type) => !MADE_HERE.includes(type));
  if (unknown.length > 0)
    throw notSupported(resource, `Only bounces and complaints come about here, not ${unknown.join(', ')}.`);
  if (to.Enabled) for (const type of to.MatchingEventTypes) set.events.add(type);
  return { ref: resource.logicalId };
};
