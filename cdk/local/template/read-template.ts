import type { StackAssembly } from './assembly.ts';
import type { Blueprint } from './blueprint.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { isObject, type Json } from './json.ts';
import { nothingToDo, readNothing } from './nothing-to-do.ts';
import { inOrder } from './order.ts';
import type { Made } from './resource.ts';
import { resourceTypes } from './resource-types.ts';
import { TemplateError } from './template-error.ts';

export interface TemplateOptions {
  readonly region: string;
  readonly accountId: string;
  /** Where the HTTP API is reached. */
  readonly url: string;
  /** Values of the template's parameters; others have their default. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Secrets of Secrets Manager by their names. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/**
 * Works out a stack's template. Throws {@link TemplateError} that names the first resource, property or function in it
 * that is not supported, or a parameter without a value.
 */
export function readTemplate(assembly: StackAssembly, options: TemplateOptions): Blueprint {
  const { template, stackName } = assembly;
  const blueprint: Blueprint = {
    stackName,
    region: options.region,
    accountId: options.accountId,
    tables: [],
    functions: [],
    permissions: [],
    eventSources: [],
    roles: [],
    managedPolicies: [],
    apis: [],
    stateMachines: [],
    queues: [],
    topics: [],
    schedules: [],
    keys: [],
    identities: [],
    configurationSets: [],
    alarms: [],
    metricFilters: [],
    eventRules: [],
    idle: [],
    buckets: [],
    outputs: {},
  };
  refuseUnknownTypes(assembly);
  const made = new Map<string, Made>();
  const scope = scopeOf(assembly, options, made);
  const wanted = (condition: string | undefined): boolean => condition === undefined || scope.condition(condition);
  for (const logicalId of inOrder(template.Resources)) {
    const resource = template.Resources[logicalId];
    if (resource === undefined || !wanted(resource.Condition)) continue;
    const properties = about(logicalId, () => resolve(resource.Properties, scope));
    const read = resourceTypes[resource.Type] ?? readNothing;
    const declared = {
      logicalId,
      type: resource.Type,
      properties: isObject(properties) ? properties : {},
      stackName,
      region: options.region,
      accountId: options.accountId,
      partition: partitionOf(options.region),
      url: options.url,
      assetPath: assembly.assetPath,
    };
    made.set(logicalId, read(declared, blueprint));
  }
  for (const [name, output] of Object.entries(template.Outputs)) {
    if (!wanted(output.Condition)) continue;
    const value = about(`Output ${name}`, () => resolve(output.Value, scope));
    blueprint.outputs[name] = addressed(typeof value === 'string' ? value : JSON.stringify(value), blueprint, options);
  }
  return blueprint;
}

function refuseUnknownTypes({ template }: StackAssembly): void {
  const unknown = Object.entries(template.Resources).filter(
    ([, { Type }]) => !Object.hasOwn(resourceTypes, Type) && !Object.hasOwn(nothingToDo, Type),
  );
  if (unknown.length === 0) return;
  const names = unknown.map(([logicalId, { Type }]) => `  ${logicalId}: ${Type}`).join('\n');
  throw new TemplateError(`The local cloud does not have these resources:\n${names}`);
}

function about<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TemplateError) throw new TemplateError(`${what}: ${error.message}`);
    throw error;
  }
}

const partitionOf = (region: string): string => (region.startsWith('cn-') ? 'aws-cn' : 'aws');
const suffixOf = (region: string): string => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');

function scopeOf(assembly: StackAssembly, options: TemplateOptions, made: ReadonlyMap<string, Made>): Scope {
  const { template, stackName } = assembly;
  const { region, accountId } = options;
  const pseudo: Record<string, Json | undefined> = {
    'AWS::AccountId': accountId,
    'AWS::NoValue': undefined,
    'AWS::NotificationARNs': [],
    'AWS::Partition': partitionOf(region),
    'AWS::Region': region,
    'AWS::StackId': `arn:${partitionOf(region)}:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': suffixOf(region),
  };
  const given: Readonly<Record<string, string>> = { ...assembly.parameters, ...options.parameters };
  for (const name of Object.keys(options.parameters)) {
    if (!Object.hasOwn(template.Parameters, name)) throw new TemplateError(`${stackName} has no parameter ${name}.`);
  }
  const parameter = (name: string): Json => {
    const declared = template.Parameters[name];
    const value = given[name] ?? declared?.Default;
    if (value === undefined) throw new TemplateError(`The parameter ${name} has no value.`);
    const isList = declared?.Type === 'CommaDelimitedList' || String(declared?.Type).startsWith('List<');
    return isList
      ? String(value)
          .split(',')
          .map((each) => each.trim())
      : value;
  };
  const scope: Scope = {
    ref(name) {
      if (Object.hasOwn(pseudo, name)) return pseudo[name];
      if (Object.hasOwn(template.Parameters, name)) return parameter(name);
      const ref = made.get(name)?.ref;
      if (ref === undefined) throw new TemplateError(`There is no ${name} to refer to.`);
      return ref;
    },
    attribute(logicalId, attribute) {
      const value = made.get(logicalId)?.attributes?.[attribute];
      if (value === undefined) throw new TemplateError(`${logicalId}.${attribute} is not known here.`);
      return value;
    },
    condition(name) {
      const condition = template.Conditions[name];
      if (condition === undefined) throw new TemplateError(`There is no condition ${name}.`);
      return resolve(condition, scope) === true;
    },
    mapping(map, first, second) {
      const value = template.Mappings[map]?.[first]?.[second];
      if (value === undefined) throw new TemplateError(`The mapping ${map} has no ${first}.${second}.`);
      return value;
    },
    secret(name) {
      const value = options.secrets?.[name];
      if (value === undefined) throw new TemplateError(`There is no secret ${name}.`);
      return value;
    },
  };
  return scope;
}

/** An API's address at AWS, written together from its id, is where it is served here. */
function addressed(text: string, blueprint: Blueprint, { region, url }: TemplateOptions): string {
  return blueprint.apis.reduce(
    (result, api) => result.replaceAll(`https://${api.id}.execute-api.${region}.${suffixOf(region)}`, url),
    text,
  );
}
