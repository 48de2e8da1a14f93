import type { Reader } from './resource.ts';
import { readAlarm } from './resources/alarms.ts';
import { readGlobalTable, readTable } from './resources/dynamodb.ts';
import {
  readApi,
  readApiMapping,
  readAuthorizer,
  readDomainName,
  readIntegration,
  readRoute,
  readStage,
} from './resources/http-api.ts';
import { readManagedPolicy, readPolicy, readRole } from './resources/iam.ts';
import { readKey, readKeyAlias } from './resources/kms.ts';
import {
  readAlias,
  readEventInvokeConfig,
  readEventSource,
  readFunction,
  readPermission,
  readVersion,
} from './resources/lambda.ts';
import { readMetricFilter } from './resources/metric-filters.ts';
import { readBucket, readBucketPolicy } from './resources/s3.ts';
import { readRule, readSchedule } from './resources/schedules.ts';
import { readConfigurationSet, readEventDestination, readIdentity } from './resources/ses.ts';
import { readTopic, readTopicPolicy } from './resources/sns.ts';
import { readQueue, readQueuePolicy } from './resources/sqs.ts';
import { readStateMachine } from './resources/step-functions.ts';

/** Every resource type that does something here. Any other that is not in `nothingToDo` stops the start. */
export const resourceTypes: Readonly<Record<string, Reader>> = {
  'AWS::ApiGatewayV2::Api': readApi,
  'AWS::ApiGatewayV2::ApiMapping': readApiMapping,
  'AWS::ApiGatewayV2::Authorizer': readAuthorizer,
  'AWS::ApiGatewayV2::DomainName': readDomainName,
  'AWS::ApiGatewayV2::Integration': readIntegration,
  'AWS::ApiGatewayV2::Route': readRoute,
  'AWS::ApiGatewayV2::Stage': readStage,
  'AWS::CloudWatch::Alarm': readAlarm,
  'AWS::DynamoDB::GlobalTable': readGlobalTable,
  'AWS::DynamoDB::Table': readTable,
  'AWS::Events::Rule': readRule,
  'AWS::IAM::ManagedPolicy': readManagedPolicy,
  'AWS::IAM::Policy': readPolicy,
  'AWS::IAM::Role': readRole,
  'AWS::KMS::Alias': readKeyAlias,
  'AWS::KMS::Key': readKey,
  'AWS::Lambda::Alias': readAlias,
  'AWS::Lambda::EventInvokeConfig': readEventInvokeConfig,
  'AWS::Lambda::EventSourceMapping': readEventSource,
  'AWS::Lambda::Function': readFunction,
  'AWS::Lambda::Permission': readPermission,
  'AWS::Lambda::Version': readVersion,
  'AWS::Logs::MetricFilter': readMetricFilter,
  'AWS::S3::Bucket': readBucket,
  'AWS::S3::BucketPolicy': readBucketPolicy,
  'AWS::SES::ConfigurationSet': readConfigurationSet,
  'AWS::SES::ConfigurationSetEventDestination': readEventDestination,
  'AWS::SES::EmailIdentity': readIdentity,
  'AWS::SNS::Topic': readTopic,
  'AWS::SNS::TopicPolicy': readTopicPolicy,
  'AWS::SQS::Queue': readQueue,
  'AWS::SQS::QueuePolicy': readQueuePolicy,
  'AWS::Scheduler::Schedule': readSchedule,
  'AWS::StepFunctions::StateMachine': readStateMachine,
};
