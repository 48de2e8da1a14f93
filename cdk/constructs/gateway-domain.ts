import { DomainName, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Options } from '../options.ts';

/**
 * The name of the installation's own that API Gateway answers to, with the certificate for it. Undefined where none is
 * named. Whoever owns the name points it here, see the stack's outputs. With certificates of proxies nobody without one
 * comes past them.
 */
export function gatewayDomain(scope: Construct, options: Options): DomainName | undefined {
  const { certificateArn, publicUrl, proxyTrustStore } = options;
  if (certificateArn === undefined || publicUrl === undefined) return undefined;
  const store = proxyTrustStore === undefined ? undefined : new URL(proxyTrustStore);
  return new DomainName(scope, 'Domain', {
    domainName: options.gatewayDomain ?? new URL(publicUrl).hostname,
    certificate: Certificate.fromCertificateArn(scope, 'Certificate', certificateArn),
    securityPolicy: SecurityPolicy.TLS_1_2,
    ...(store && {
      mtls: { bucket: Bucket.fromBucketName(scope, 'TrustStore', store.hostname), key: store.pathname.slice(1) },
    }),
  });
}

/**
 * Whether the address that API Gateway itself gives is closed. Limits count by what trusted proxies say of who came to
 * them: whoever reached the gateway past them could say anything.
 */
export const onlyByDomain = ({ trustedProxies, proxyTrustStore, gatewayReach }: Options): boolean =>
  gatewayReach === 'internet' && (trustedProxies > 0 || proxyTrustStore !== undefined);
