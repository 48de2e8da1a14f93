import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import * as z from 'zod';
import { CaseStateMachine } from '../../../cdk/constructs/case-state-machine.ts';
import type { Kind } from '../../../shared/domain/ids.ts';

const Followed = z.looseObject({ Next: z.string() });
const State = z.looseObject({
  Type: z.string(),
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z.array(Followed.extend({ Condition: z.string() })).default([]),
  Catch: z.array(Followed.extend({ ErrorEquals: z.array(z.string()) })).default([]),
  Retry: z
    .array(z.looseObject({ ErrorEquals: z.array(z.string()), MaxAttempts: z.int(), JitterStrategy: z.string() }))
    .default([]),
});
const Definition = z.looseObject({
  StartAt: z.string(),
  QueryLanguage: z.string(),
  States: z.record(z.string(), State),
});
export type Definition = z.output<typeof Definition>;

const Joined = z.object({
  'Fn::Join': z.tuple([z.literal(''), z.array(z.union([z.string(), z.object({ Ref: z.string() })]))]),
});

/** The definition of a kind's state machine as the stack would deploy it, as text. */
export function definitionText(kind: Kind): string {
  const stack = new Stack(new App(), 'Stack');
  const called = (name: string) =>
    LambdaFunction.fromFunctionArn(stack, name, `arn:aws:lambda:us-east-1:111111111111:function:${name}`);
  const functions = {
    screen: called('screen'),
    openTask: called('open-task'),
    advance: called('advance'),
    cover: called('cover'),
  };
  new CaseStateMachine(stack, 'Case', { kind, functions });
  const [machine] = Object.values(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine'));
  const joined = Joined.parse(machine?.Properties.DefinitionString);
  return joined['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'aws')).join('');
}

export function definitionOf(kind: Kind): Definition {
  return definitionIn(definitionText(kind));
}

/** A definition, from its text. */
export function definitionIn(text: string): Definition {
  return Definition.parse(JSON.parse(text));
}

/** Every way from one state to another that a definition has, as `from → to`. */
export function waysOf({ States }: Definition): Set<string> {
  return new Set(
    Object.entries(States).flatMap(([name, state]) =>
      [state.Next, state.Default, ...state.Choices.map(({ Next }) => Next), ...state.Catch.map(({ Next }) => Next)]
        .filter((next) => next !== undefined)
        .map((next) => `${name} → ${next}`),
    ),
  );
}
