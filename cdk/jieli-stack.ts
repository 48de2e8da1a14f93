import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Bundles } from './bundle.ts';
import { Alarms } from './constructs/alarms.ts';
import { Anchors } from './constructs/anchors.ts';
import { CaseTable } from './constructs/case-table.ts';
import { DataKey } from './constructs/data-key.ts';
import { HttpApi } from './constructs/http-api.ts';
import { Incoming } from './constructs/incoming.ts';
import type { Installation } from './constructs/installation.ts';
import { Jobs } from './constructs/jobs.ts';
import { lifetimeOf } from './constructs/lifetime.ts';
import { MacKey } from './constructs/mac-key.ts';
import { Outbox } from './constructs/outbox.ts';
import { PublicFunctions } from './constructs/public-functions.ts';
import { SignIn } from './constructs/sign-in.ts';
import { Sweep } from './constructs/sweep.ts';
import { Workflows } from './constructs/workflows.ts';
import type { Options } from './options.ts';

export interface JieliStackProps {
  readonly options: Options;
  readonly bundles: Bundles;
}

/** One installation: everything that a hub needs, in one stack. */
export class JieliStack extends Stack {
  constructor(scope: Construct, id: string, { options, bundles }: JieliStackProps) {
    super(scope, id, {
      description: 'Jieli: needs, micro-grants and volunteer insurance, from form to closing',
      env: { region: options.region },
      terminationProtection: lifetimeOf(options).locked,
    });
    const lifetime = lifetimeOf(options);
    const table = new CaseTable(this, 'Cases', options);
    const macKey = new MacKey(this, 'MacKey', lifetime);
    const dataKey = new DataKey(this, 'DataKey', lifetime);
    const anchors = new Anchors(this, 'Anchors', lifetime);
    const incoming = new Incoming(this, 'Incoming', options);
    const installation: Installation = { options, bundles, table, macKey, dataKey, anchors, incoming };

    const api = new HttpApi(this, 'Http', options);
    const signIn = new SignIn(this, 'SignIn', options, api.url);
    // the id is part of the names of deployed functions: it stays as it was
    const publicFunctions = new PublicFunctions(this, 'Faces', installation, signIn);
    api.connect(publicFunctions, signIn);

    const workflows = new Workflows(this, 'Workflows', installation);
    const jobs = new Jobs(this, 'Jobs', installation);
    const outbox = new Outbox(this, 'Outbox', installation, { workflows, jobs, publicUrl: api.url });
    const sweep = new Sweep(this, 'Sweep', installation, workflows, jobs);
    const { screen, openTask, advance, cover } = workflows.functions;
    const facing = [publicFunctions.site, publicFunctions.console, publicFunctions.api];
    const background = [
      ...[outbox.relay, outbox.notify, sweep.function, jobs.function],
      ...[screen, openTask, advance, cover],
    ];
    const { mailQuota } = options;
    const throughSes = options.mail === 'ses';
    const sources = { table, workflows, outbox, sweep, jobs, api, facing, background, throughSes, mailQuota };
    new Alarms(this, 'Alarms', sources, options.alarmEmail);

    this.tellWhereItIs(options, api);
    new CfnOutput(this, 'TableName', { value: table.table.tableName });
    new CfnOutput(this, 'IndexShards', { value: table.environment.INDEX_SHARDS });
    new CfnOutput(this, 'DataKeyId', { value: dataKey.keyId });
    new CfnOutput(this, 'AnchorBucket', { value: anchors.bucketName });
    for (const [kind, { machine }] of Object.entries(workflows.machines)) {
      const name = kind.charAt(0).toUpperCase() + kind.slice(1);
      new CfnOutput(this, `${name}MachineArn`, { value: machine.stateMachineArn });
    }
  }

  /** What leads from the name that people know to the gateway. */
  private tellWhereItIs({ publicUrl }: Options, { url, ownUrl, domain }: HttpApi): void {
    new CfnOutput(this, 'Url', { value: url, description: 'where people reach the hub' });
    if (domain) {
      const description = 'what the CNAME (or in Route 53 the ALIAS) of the domain of the gateway leads to';
      new CfnOutput(this, 'DomainTarget', { value: domain.regionalDomainName, description });
      const zone = 'the hosted zone that an ALIAS in Route 53 asks for';
      new CfnOutput(this, 'DomainTargetZone', { value: domain.regionalHostedZoneId, description: zone });
    }
    if (ownUrl === undefined) return;
    const description = publicUrl === undefined || domain ? 'the gateway itself' : 'what a proxy forwards to';
    new CfnOutput(this, 'ApiEndpoint', { value: ownUrl, description });
  }
}
