import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import * as z from 'zod';
import { emptyBundles, type FunctionName } from '../../cdk/bundle.ts';
import { readAssembly } from '../../cdk/local/template/assembly.ts';
import type { Blueprint } from '../../cdk/local/template/blueprint.ts';
import { readTemplate } from '../../cdk/local/template/read-template.ts';
import { assemble, type SynthesisOptions } from '../../cdk/synth.ts';

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.json()).default({}),
  DeletionPolicy: z.string().optional(),
});
const TemplateFile = z.object({
  Resources: z.record(z.string(), Resource),
  Outputs: z.record(z.string(), z.object({ Value: z.json(), Description: z.json().optional() })),
});
type Resource = z.output<typeof Resource>;
type TemplateFile = z.output<typeof TemplateFile>;

/** What whoever deploys must say. */
export const said = { region: 'us-east-1', mailFrom: 'hub@example.org' };

/** An issuer of one's own, as a server without Cognito has it. */
export const ownIssuer = { issuer: 'http://localhost:3000/oidc', oidcClientId: 'jieli' };

/** Where the functions are among the constructs. */
const places: Readonly<Record<FunctionName, string>> = {
  site: 'FacesSite',
  console: 'FacesConsole',
  api: 'FacesApi',
  relay: 'OutboxRelay',
  notify: 'OutboxNotify',
  sweep: 'Sweep',
  jobs: 'JobsWork',
  screen: 'WorkflowsStagesScreen',
  'open-task': 'WorkflowsStagesOpenTask',
  advance: 'WorkflowsStagesAdvance',
  cover: 'WorkflowsStagesCover',
};

/** Synthesizes with empty functions: what is in them is no matter here. */
export function assembleEmpty(
  context: Readonly<Record<string, string>>,
  outdir: string,
  options: SynthesisOptions = { checked: false },
): CloudAssembly {
  const bundles = emptyBundles();
  try {
    return assemble(context, outdir, bundles, options);
  } finally {
    bundles.dispose();
  }
}

/** What `read` makes of the stack that a context gives. */
function ofStack<T>(context: Readonly<Record<string, string>>, read: (stack: CloudFormationStackArtifact) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-infra-'));
  try {
    const [stack] = assembleEmpty({ ...said, ...context }, folder).stacks;
    if (!stack) throw new Error('no stack');
    return read(stack);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The template that a context gives. */
export function templateOf(context: Readonly<Record<string, string>> = {}): TemplateFile {
  return ofStack(context, ({ template }) => TemplateFile.parse(template));
}

/** What the local cloud makes of a stack with an issuer of its own: its resources, with their ARNs and policies. */
export function blueprintOf(context: Readonly<Record<string, string>> = {}): Blueprint {
  const served = { region: 'us-east-1', accountId: '123456789012', url: 'http://localhost:3000', parameters: {} };
  return ofStack({ ...ownIssuer, ...context }, ({ assembly }) =>
    readTemplate(readAssembly(assembly.directory), served),
  );
}

export function ofType(template: TemplateFile, type: string): Resource[] {
  return Object.values(template.Resources).filter((resource) => resource.Type === type);
}

/** The name of a function by where it is; undefined for one of the stack's own. */
export function placeOf(logicalId: string): string | undefined {
  return Object.entries(places).find(([, place]) => new RegExp(`^${place}[0-9A-F]{8}$`).test(logicalId))?.[0];
}

/** The function of this name. */
export function functionIn(template: TemplateFile, name: FunctionName): Resource {
  const found = Object.entries(template.Resources).find(
    ([id, { Type }]) => Type === 'AWS::Lambda::Function' && placeOf(id) === name,
  );
  if (!found) throw new Error(`no function ${name}`);
  return found[1];
}

const GetAtt = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const oneOrMore = <T extends z.ZodType>(type: T) => z.union([z.array(type), type.transform((value) => [value])]);
const Statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore(z.string()),
  Resource: oneOrMore(z.json()),
  Condition: z.json().optional(),
});
type Statement = z.output<typeof Statement>;
const Policy = z.object({
  Roles: z.array(z.object({ Ref: z.string() })),
  PolicyDocument: z.object({ Statement: z.array(Statement) }),
});

/** All that the policies of a function or a state machine say. */
export function statementsOf(template: TemplateFile, principal: Resource): Statement[] {
  const role = GetAtt.parse(principal.Properties.Role ?? principal.Properties.RoleArn)['Fn::GetAtt'][0];
  return ofType(template, 'AWS::IAM::Policy')
    .map(({ Properties }) => Policy.parse(Properties))
    .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === role))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** Text in which a resource of a statement can be searched for names. */
export function textOf(resource: unknown): string {
  return JSON.stringify(resource);
}
