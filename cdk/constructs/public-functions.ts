import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, SecretValue } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as z from 'zod';
import type { ApiEnv } from '../../functions/api/env.ts';
import type { ConsoleEnv } from '../../functions/console/env.ts';
import type { SiteEnv } from '../../functions/site/env.ts';
import { BundledFunction } from './bundled-function.ts';
import type { TableUse } from './case-table.ts';
import type { RoutedFunctions as Functions } from './http-api.ts';
import type { Installation } from './installation.ts';
import type { SignIn } from './sign-in.ts';

/** Pages and spreadsheets of up to 4 MB are worked on within the request; API Gateway waits half a minute. */
const size = { memory: 1024, timeout: Duration.seconds(28) };

/** What all three do: read cases, and write a case, its event and what goes with them in one transaction. */
const common: TableUse['actions'] = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'BatchWriteItem'];

/**
 * What members do besides, on pages and by the API alike: their roles and interests are checked in the transaction that acts for
 * them, memberships, addresses and drafts are ended, and people's data is erased.
 */
const members: TableUse['actions'] = [...common, 'ConditionCheckItem', 'DeleteItem'];

/** What is deployed: the package's version, and the commit where it was given. */
function versionOf(commit: string | undefined): string {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  const { version } = z.object({ version: z.string() }).parse(manifest);
  return commit === undefined ? version : `${version} (${commit})`;
}

/** The functions that face the internet. None of them can reach a workflow, a token of one, or a mail server. */
export class PublicFunctions extends Construct implements Functions {
  readonly site: BundledFunction;
  readonly console: BundledFunction;
  readonly api: BundledFunction;

  constructor(scope: Construct, id: string, installation: Installation, signIn: SignIn) {
    super(scope, id);
    const { table, macKey, dataKey, incoming, options } = installation;
    const environment = {
      ...table.environment,
      MAC_KEY_ID: macKey.keyId,
      DATA_KEY_ID: dataKey.keyId,
      HUB_ID: options.hubId,
      INSURER_ID: options.insurerId,
      ...(options.keptDays !== undefined && { KEPT_DAYS: options.keptDays }),
      ...(options.publicUrl !== undefined && { PUBLIC_URL: options.publicUrl }),
      ...(options.trustedProxies > 0 && { TRUSTED_PROXIES: String(options.trustedProxies) }),
    };
    const withSignIn = {
      ...environment,
      OIDC_ISSUER: signIn.issuer,
      OIDC_CLIENT_ID: signIn.clientId,
    } satisfies z.input<typeof ApiEnv>;

    // what everybody may call has a bound of its own, so that a flood of it takes nothing from the console and the workflows
    const bounded = { ...size, atOnce: options.publicConcurrency };

    this.site = new BundledFunction(this, 'Site', installation, {
      ...bounded,
      name: 'site',
      description: 'The public site: forms, private links, open programmes',
      environment: { ...environment, ...incoming.environment } satisfies z.input<typeof SiteEnv>,
    });
    table.allow(this.site, { actions: common });

    this.console = new BundledFunction(this, 'Console', installation, {
      ...size,
      name: 'console',
      description: 'The console of coordinators, funders and insurers',
      environment: {
        ...withSignIn,
        ...incoming.environment,
        // resolved by CloudFormation when it deploys; the template holds the secret's name only
        ...(options.oidcSecret !== undefined && {
          OIDC_CLIENT_SECRET: SecretValue.secretsManager(options.oidcSecret).unsafeUnwrap(),
        }),
        VERSION: versionOf(options.commit),
      } satisfies z.input<typeof ConsoleEnv>,
    });
    table.allow(this.console, {
      actions: members,
      indexes: ['inbox', 'hubCases', 'partnerCases', 'organizationCases', 'ownerCases', 'traces'],
    });

    for (const each of [this.site, this.console]) incoming.allow(each);

    this.api = new BundledFunction(this, 'Api', installation, {
      ...bounded,
      name: 'api',
      description: 'The API',
      environment: withSignIn,
    });
    table.allow(this.api, {
      actions: members,
      indexes: ['inbox', 'hubCases', 'partnerCases', 'organizationCases', 'ownerCases', 'traces'],
    });

    for (const each of [this.site, this.console, this.api]) {
      macKey.allow(each);
      dataKey.allow(each);
    }
  }
}
