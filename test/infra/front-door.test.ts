import { describe, expect, it } from 'vitest';
import { blueprintOf, ofType, ownIssuer, templateOf } from './template.ts';
import { variants } from './variants.ts';

const atHome = { ...ownIssuer, publicUrl: 'https://hub.example.org' };
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1f0e';
const named = { ...atHome, certificateArn };
const api = (template: ReturnType<typeof templateOf>) => ofType(template, 'AWS::ApiGatewayV2::Api')[0]?.Properties;
const domain = (template: ReturnType<typeof templateOf>) =>
  ofType(template, 'AWS::ApiGatewayV2::DomainName')[0]?.Properties;

describe('the way from the name that people know to the stack', () => {
  it('is a domain of API Gateway with the certificate, and outputs that say what the name’s owner enters', () => {
    const template = templateOf(named);
    expect(domain(template)).toMatchObject({
      DomainName: 'hub.example.org',
      DomainNameConfigurations: [
        { CertificateArn: certificateArn, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
      ],
    });
    expect(ofType(template, 'AWS::ApiGatewayV2::ApiMapping')).toHaveLength(1);
    expect(template.Outputs).toMatchObject({
      Url: { Value: 'https://hub.example.org' },
      DomainTarget: { Value: { 'Fn::GetAtt': [expect.any(String), 'RegionalDomainName'] } },
      DomainTargetZone: { Value: { 'Fn::GetAtt': [expect.any(String), 'RegionalHostedZoneId'] } },
    });
  });

  it('describes its outputs in plain text, the only one that CloudFormation takes', () => {
    const descriptions = Object.values(templateOf(named).Outputs).flatMap(({ Description }) => Description ?? []);
    expect(descriptions.length).toBeGreaterThan(2);
    for (const each of descriptions) expect(each).toBeTypeOf('string');
  });

  it.each([
    ['without a name', ownIssuer],
    ['with a proxy of one’s own before the gateway', atHome],
    ['with a domain', named],
  ])('%s the gateway’s own address is in the outputs, since it is open', (_, context) => {
    const template = templateOf(context);
    expect(template.Outputs).toHaveProperty('ApiEndpoint');
    expect(api(template)?.DisableExecuteApiEndpoint).toBeUndefined();
  });

  it('is the only one where proxies are trusted to say who came: past them anybody could say anything', () => {
    const template = templateOf({ ...named, gatewayDomain: 'origin.example.org', trustedProxies: '1' });
    expect(api(template)).toMatchObject({ DisableExecuteApiEndpoint: true });
    expect(domain(template)).toMatchObject({ DomainName: 'origin.example.org' });
    expect(template.Outputs).not.toHaveProperty('ApiEndpoint');
  });

  it('is closed to whoever shows no certificate of a proxy, where these are named', () => {
    const template = templateOf(variants['behind a proxy that shows a certificate']);
    expect(domain(template)).toMatchObject({
      MutualTlsAuthentication: { TruststoreUri: 's3://hub-trust/proxies.pem' },
    });
  });

  it('is known to the local cloud, where a proxy ends TLS', () => {
    expect(blueprintOf(named).outputs).toMatchObject({ Url: 'https://hub.example.org', DomainTarget: 'localhost' });
  });
});
