import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { boolean, document, ignored, read } from '../properties.ts';
import { arnOf, type Declared, nameOf, type Reader } from '../resource.ts';
import { TemplateError } from '../template-error.ts';

const properties = z.strictObject({
  Definition: document.optional(),
  DefinitionString: z.string().optional(),
  DefinitionS3Location: z.strictObject({ Bucket: z.string(), Key: z.string() }).optional(),
  DefinitionSubstitutions: z.record(z.string(), z.coerce.string()).default({}),
  RoleArn: z.string(),
  StateMachineName: z.string().optional(),
  StateMachineType: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
  LoggingConfiguration: document.optional(),
  TracingConfiguration: z.strictObject({ Enabled: boolean }).optional(),
  EncryptionConfiguration: ignored,
  Tags: ignored,
});

export const readStateMachine: Reader = (resource, into) => {
  const given = read(resource, properties);
  const name = nameOf(resource, given.StateMachineName, 80);
  const arn = arnOf(resource, 'states', `stateMachine:${name}`);
  const substitutions = given.DefinitionSubstitutions;
  const definition = definitionOf(resource, given).replace(/\$\{([A-Za-z0-9_]+)\}/g, (whole, key: string) =>
    Object.hasOwn(substitutions, key) ? (substitutions[key] ?? whole) : whole,
  );
  into.stateMachines.push({
    logicalId: resource.logicalId,
    name,
    arn,
    roleArn: given.RoleArn,
    definition,
    type: given.StateMachineType,
    logging: given.LoggingConfiguration,
    tracing: given.TracingConfiguration?.Enabled ?? false,
  });
  return { ref: arn, attributes: { Arn: arn, Name: name } };
};

function definitionOf(resource: Declared, given: z.output<typeof properties>): string {
  if (given.DefinitionString !== undefined) return given.DefinitionString;
  if (given.Definition !== undefined) return JSON.stringify(given.Definition);
  const key = given.DefinitionS3Location?.Key;
  const path = key === undefined ? undefined : resource.assetPath(key);
  if (path === undefined) throw new TemplateError(`${resource.logicalId} has no definition in the assembly.`);
  return readFileSync(path, 'utf8');
}
