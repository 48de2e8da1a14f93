import { ownIssuer } from './template.ts';

const hub = { publicUrl: 'https://hub.example.org', mailFrom: 'hub@example.org' };
const certificate = (region: string, partition = 'aws') => ({
  certificateArn: `arn:${partition}:acm:${region}:123456789012:certificate/1f0e`,
});
const issuer = { issuer: 'https://id.example.org', oidcClientId: 'jieli' };
const inChina = { ...hub, ...issuer, mail: 'smtp', smtpSecret: 'jieli/smtp' };

/** Installations as people make them, each by what is particular about it, with all that they say. */
export const variants: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'with nothing but a region and a sender': { region: 'us-east-1', mailFrom: 'hub@example.org' },
  'in Singapore, at an address of its own': {
    region: 'ap-southeast-1',
    ...hub,
    ...certificate('ap-southeast-1'),
    mailIdentity: 'verified',
    alarmEmail: 'operator@example.org',
    mailQuota: '50000',
  },
  'behind a proxy that shows a certificate': {
    region: 'ap-southeast-1',
    ...hub,
    ...certificate('ap-southeast-1'),
    gatewayDomain: 'origin.example.org',
    proxyTrustStore: 's3://hub-trust/proxies.pem',
    trustedProxies: '1',
  },
  'with an issuer and a mail server that asks for no password': {
    region: 'eu-central-1',
    ...hub,
    ...issuer,
    mail: 'smtp',
    smtpUrl: 'smtp://mail.example.org:587',
  },
  'in Beijing': { region: 'cn-north-1', ...inChina, ...certificate('cn-north-1', 'aws-cn') },
  'in Ningxia, told of alarms': { region: 'cn-northwest-1', ...inChina, alarmEmail: 'operator@example.org' },
  'to be thrown away': { region: 'us-east-1', mailFrom: 'hub@example.org', data: 'destroy' },
  'that works with a table restored from a point in time': {
    region: 'ap-southeast-1',
    ...hub,
    restoredTable: 'arn:aws:dynamodb:ap-southeast-1:123456789012:table/Jieli-restored/stream/2026-11-30T20:00:00.000',
  },
  'for the first time, with a known domain and bounds of its own': {
    region: 'eu-west-1',
    ...hub,
    data: 'new',
    mailIdentity: 'existing',
    publicConcurrency: '50',
    requestsPerSecond: '2000',
    requestsAtOnce: '3000',
    indexShards: '8',
    keptDays: 'need=30',
    stackName: 'Relief-Hub',
  },
};

/** What AWS would refuse, or could not run, and a part of the sentence that says so. */
export const refused: readonly (readonly [context: Readonly<Record<string, string>>, sentence: string])[] = [
  [{ region: '' }, 'region is the short name of an AWS region'],
  [{ region: 'cn-north-1', mail: 'smtp', smtpSecret: 'x' }, 'there are no Cognito user pools in cn-north-1'],
  [{ region: 'cn-northwest-1', ...issuer }, 'there is no SES in cn-northwest-1'],
  [{ issuer: 'https://id.example.org' }, 'issuer and oidcClientId go together'],
  [{ oidcSecret: 'jieli/oidc' }, 'oidcSecret is for an issuer of yours'],
  [{ issuer: 'http://id.example.org', oidcClientId: 'jieli' }, 'issuer must begin with https'],
  [{ stackName: 'AWS-Cognito-Hub' }, 'stackName must not contain aws'],
  [{ stackName: 'Amazonas' }, 'stackName must not contain amazon'],
  [{ stackName: 'sthree-hub', ...ownIssuer }, 'stackName must not begin with sthree-'],
  [{ stackName: 'x'.repeat(42) }, 'stackName has up to 41'],
  [{ publicUrl: 'http://hub.example.org' }, 'publicUrl must begin with https'],
  [{ publicUrl: 'hub.example.org' }, 'publicUrl'],
  [{ publicUrl: 'https://example.org/hub' }, 'publicUrl names scheme and host alone'],
  [{ mailFrom: 'hub' }, 'mailFrom'],
  [{ mail: 'smtp' }, 'mail=smtp needs either smtpUrl or smtpSecret'],
  [{ smtpSecret: 'jieli/smtp' }, 'smtpUrl and smtpSecret are for mail=smtp'],
  [{ mail: 'smtp', smtpSecret: 'jieli/smtp', mailQuota: '200' }, 'mailQuota is for mail=ses'],
  [{ mail: 'smtp', smtpUrl: 'smtp://mail.example.org:25' }, 'smtpUrl must not name port 25'],
  [{ ...certificate('us-east-1') }, 'certificateArn needs a publicUrl with https'],
  [
    { ...hub, ...certificate('us-east-1'), region: 'eu-west-1' },
    'certificateArn names a certificate in us-east-1: API Gateway takes only one in eu-west-1',
  ],
  [{ gatewayDomain: 'origin.example.org' }, 'gatewayDomain and proxyTrustStore need a certificateArn'],
  [{ restoredTable: 'Jieli-restored' }, 'restoredTable is the ARN of the restored table’s stream'],
  [{ ...hub, indexShards: '0' }, 'indexShards'],
  [{ ...hub, requestsPerSecond: '5' }, 'requestsPerSecond'],
  [{ ...hub, trustedProxies: '1' }, 'trustedProxies needs a certificateArn'],
];
