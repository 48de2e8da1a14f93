import * as z from 'zod';
import type { Given } from './options.ts';

/** Who mails come from: as given, or nobody in particular at the host of the public address. */
export function senderOf({ mailFrom, publicUrl }: Given): string | undefined {
  const derived = mailFrom ?? (publicUrl && `no-reply@${new URL(publicUrl).hostname}`);
  return z.email().safeParse(derived).data;
}

/** Whether a URL leads to this machine, where encryption is not asked for. */
function isLocal(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

const isChina = (region: string): boolean => region.startsWith('cn-');

type Rule = (options: Given) => string | false | undefined;

const signingIn: readonly Rule[] = [
  ({ issuer, oidcClientId }) =>
    (issuer === undefined) !== (oidcClientId === undefined) && 'issuer and oidcClientId go together',
  ({ issuer, oidcSecret }) =>
    issuer === undefined && oidcSecret !== undefined && 'oidcSecret is for an issuer of yours: give that too',
  ({ issuer, region }) =>
    issuer === undefined &&
    isChina(region) &&
    `there are no Cognito user pools in ${region}: give an issuer and an oidcClientId`,
  ({ issuer }) =>
    issuer?.startsWith('http:') === true &&
    !isLocal(issuer) &&
    'issuer must begin with https: API Gateway asks no other for keys',
  ({ issuer, stackName }) => {
    const word = /aws|amazon|cognito/.exec(stackName.toLowerCase());
    return (
      issuer === undefined &&
      word !== null &&
      `stackName must not contain ${word[0]}: it begins the name of the sign-in pages, and Cognito keeps that word for itself`
    );
  },
  ({ issuer, publicUrl }) =>
    issuer === undefined &&
    publicUrl?.startsWith('http:') === true &&
    !isLocal(publicUrl) &&
    'publicUrl must begin with https: Cognito sends nobody back to an address without encryption',
];

const mailing: readonly Rule[] = [
  (options) =>
    senderOf(options) === undefined &&
    'nobody is named whom mails come from: give mailFrom, an address of a domain of yours (or publicUrl with such a domain)',
  ({ mail, smtpUrl, smtpSecret }) =>
    mail === 'smtp' &&
    (smtpUrl === undefined) === (smtpSecret === undefined) &&
    'mail=smtp needs either smtpUrl or smtpSecret',
  ({ mail, smtpUrl, smtpSecret }) =>
    mail === 'ses' &&
    (smtpUrl ?? smtpSecret) !== undefined &&
    'smtpUrl and smtpSecret are for mail=smtp: give that too',
  ({ mail, mailQuota }) => mail === 'smtp' && mailQuota !== undefined && 'mailQuota is for mail=ses',
  ({ mail, region }) =>
    mail === 'ses' && isChina(region) && `there is no SES in ${region}: give mail=smtp with smtpUrl or smtpSecret`,
  ({ smtpUrl }) =>
    smtpUrl !== undefined &&
    new URL(smtpUrl).port === '25' &&
    'smtpUrl must not name port 25: AWS lets no function connect to it; mail servers take mail at 465 (smtps) or 587',
];

const restoring: readonly Rule[] = [
  ({ restoredTable, region }) => {
    const there = restoredTable?.split(':')[3];
    return there !== undefined && there !== region && `restoredTable is in ${there}, the stack in ${region}`;
  },
];

/** Names that S3 keeps for itself; a bucket is named after the stack. */
const reservedBuckets = ['xn--', 'sthree-', 'amzn-s3-demo-'];

const reaching: readonly Rule[] = [
  ({ stackName }) => {
    const reserved = reservedBuckets.find((each) => stackName.toLowerCase().startsWith(each));
    return (
      reserved !== undefined && `stackName must not begin with ${reserved}: S3 gives no bucket a name that begins so`
    );
  },
  ({ publicUrl }) =>
    publicUrl !== undefined &&
    new URL(publicUrl).origin !== publicUrl &&
    'publicUrl names scheme and host alone: pages are at the root of their host',
  ({ certificateArn, publicUrl }) =>
    certificateArn !== undefined &&
    (publicUrl === undefined || !publicUrl.startsWith('https:') || new URL(publicUrl).port !== '') &&
    'certificateArn needs a publicUrl with https and without a port: API Gateway answers there and nowhere else',
  ({ certificateArn, region }) => {
    const there = certificateArn?.split(':')[3];
    return (
      there !== undefined &&
      there !== region &&
      `certificateArn names a certificate in ${there}: API Gateway takes only one in ${region}, where the stack is`
    );
  },
  ({ certificateArn, gatewayDomain, proxyTrustStore }) =>
    certificateArn === undefined &&
    (gatewayDomain ?? proxyTrustStore) !== undefined &&
    'gatewayDomain and proxyTrustStore need a certificateArn, for the name that API Gateway answers to',
  ({ certificateArn, trustedProxies, gatewayReach }) =>
    trustedProxies > 0 &&
    gatewayReach === 'internet' &&
    certificateArn === undefined &&
    'trustedProxies needs a certificateArn: proxies then come by a name of yours, and the gateway’s own address, where anybody could claim to be a proxy, is closed',
];

/** Why AWS would not take an installation, or could not run it: a sentence each. Nothing when it can be deployed. */
export function refusals(options: Given): string[] {
  const found = [...signingIn, ...mailing, ...reaching, ...restoring].map((rule) => rule(options));
  return found.filter((each) => typeof each === 'string');
}
