import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { AccountRecovery, FeaturePlan, Mfa, OAuthScope, UserPool, UserPoolEmail } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Options } from '../options.ts';
import { acknowledge } from './acknowledge.ts';
import { lifetimeOf } from './lifetime.ts';

/** Whom the mails with codes for sign-up come from: whom all others do, as soon as SES has verified the domain. */
function signUpMail({ mail, mailIdentity, mailFrom, region }: Options): { email?: UserPoolEmail } {
  if (mail !== 'ses' || mailIdentity === 'create') return {};
  const sesVerifiedDomain = mailFrom.slice(mailFrom.lastIndexOf('@') + 1);
  return { email: UserPoolEmail.withSES({ fromEmail: mailFrom, sesRegion: region, sesVerifiedDomain }) };
}

/** Where staff sign in: the issuer that the installation names, or a Cognito user pool of its own. */
export class SignIn extends Construct {
  readonly issuer: string;
  readonly clientId: string;

  /** @param publicUrl where the console is reached, without a slash at the end */
  constructor(scope: Construct, id: string, options: Options, publicUrl: string) {
    super(scope, id);
    if (options.issuer !== undefined && options.oidcClientId !== undefined) {
      this.issuer = options.issuer;
      this.clientId = options.oidcClientId;
      return;
    }
    const { stackName } = Stack.of(this);
    const pool = new UserPool(this, 'Staff', {
      // open, because two sorts of people come whom nobody could have entered before: whoever is invited by mail, and
      // organizations that register themselves (`/console/organization/new`). They make their account with a mail address
      // that they confirm. An account by itself opens nothing: what somebody may do, the memberships in the table say, as
      // with any other issuer (`functions/THREATS.md`)
      selfSignUpEnabled: true,
      autoVerify: { email: true },
      ...signUpMail(options),
      signInAliases: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: lifetimeOf(options).locked,
      removalPolicy: lifetimeOf(options).removalPolicy,
    });
    acknowledge(
      pool,
      'COG3',
      'Threat protection costs by the month and person; the second factor is required instead.',
    );
    acknowledge(pool, 'COG8', 'As above: the plan with threat protection is for larger installations.');
    pool.addDomain('Pages', {
      // must be the only one of its name in the region
      cognitoDomain: { domainPrefix: `${stackName.toLowerCase()}-${Aws.ACCOUNT_ID}` },
    });
    const client = pool.addClient('Console', {
      // the code is exchanged with PKCE; there is no secret to keep
      generateSecret: false,
      authFlows: {},
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.PROFILE, OAuthScope.EMAIL],
        callbackUrls: [`${publicUrl}/console/callback`],
        logoutUrls: [`${publicUrl}/console/signed-out`],
      },
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      // a shift
      refreshTokenValidity: Duration.hours(12),
    });
    this.issuer = `https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}/${pool.userPoolId}`;
    this.clientId = client.userPoolClientId;
  }
}
