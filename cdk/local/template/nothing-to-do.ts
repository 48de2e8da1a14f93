import { arnOf, type Made, nameOf, type Reader } from './resource.ts';

/**
 * The resource types that change nothing on one machine, and why. Functions keep their own logs here and nobody is
 * paged; what such a resource is called is still worked out, because others refer to it.
 */
export const nothingToDo: Readonly<Record<string, string>> = {
  'AWS::ApplicationInsights::Application': 'watching is done on /_aws',
  'AWS::Budgets::Budget': 'nothing here costs money',
  'AWS::CDK::Metadata': 'tells AWS which construct versions were used',
  'AWS::CloudFormation::CustomResource':
    'what a deployment calls a function for is done by whoever starts the stack here',
  'AWS::CloudWatch::AnomalyDetector': 'nobody is paged from here',
  'AWS::CloudWatch::CompositeAlarm': 'nobody is paged from here',
  'AWS::CloudWatch::Dashboard': '/_aws shows what there is',
  'AWS::Logs::LogGroup': 'logs are kept a file a function, and their size is bounded',
  'AWS::Logs::QueryDefinition': 'a saved query of the AWS console',
  'AWS::Logs::ResourcePolicy': 'logs stay in the data folder',
  'AWS::SNS::Subscription': 'alarms have nobody to tell',
  'AWS::XRay::Group': 'traces are not collected',
  'AWS::XRay::SamplingRule': 'traces are not collected',
};

/** The property that names such a resource, and its part of the ARN. */
const named: Readonly<Record<string, readonly [property: string, arn: (name: string) => [string, string]]>> = {
  'AWS::Logs::LogGroup': ['LogGroupName', (name) => ['logs', `log-group:${name}:*`]],
  'AWS::CloudWatch::CompositeAlarm': ['AlarmName', (name) => ['cloudwatch', `alarm:${name}`]],
};

/** Reads a resource that changes nothing here: only its name and ARN count. */
export const readNothing: Reader = (resource, into): Made => {
  into.idle.push({ logicalId: resource.logicalId, type: resource.type });
  const [property, arnFor] = named[resource.type] ?? ['Name', (name: string): [string, string] => ['local', name]];
  const given = resource.properties[property];
  const name = nameOf(resource, typeof given === 'string' ? given : undefined, 128);
  const arn = arnOf(resource, ...arnFor(name));
  return { ref: name, attributes: { Arn: arn } };
};
