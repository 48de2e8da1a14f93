import { randomUUID } from 'node:crypto';
import { compilePattern } from '../streams/event-pattern.ts';
import type { EventRuleSpec } from '../template/blueprint.ts';
import type { JsonObject } from '../template/json.ts';
import type { Clock, LambdaService } from '../types.ts';

export interface EventBusOptions {
  readonly rules: readonly EventRuleSpec[];
  readonly lambda: LambdaService;
  readonly clock: Clock;
  readonly accountId: string;
  readonly region: string;
}

/** What a service tells. */
export interface ServiceEvent {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

export interface EventBus {
  /** Gives an event to the functions whose rule matches it: it is on disk when this resolves. */
  put(event: ServiceEvent): Promise<void>;
}

/** The default bus of EventBridge, for what services tell. */
export function createEventBus({ rules, lambda, clock, accountId, region }: EventBusOptions): EventBus {
  const waiting = rules
    .filter(({ enabled }) => enabled)
    .map((rule) => ({ ...rule, matches: compilePattern(rule.pattern) }));
  return {
    async put({ source, detailType, resources, detail }) {
      const event = {
        version: '0',
        id: randomUUID(),
        'detail-type': detailType,
        source,
        account: accountId,
        time: new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
        region,
        resources: [...resources],
        detail,
      };
      for (const { matches, targetArns } of waiting) {
        if (!matches(event)) continue;
        for (const targetArn of targetArns) await lambda.invokeAsync(targetArn, JSON.stringify(event));
      }
    },
  };
}
