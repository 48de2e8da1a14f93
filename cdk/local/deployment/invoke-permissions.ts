import type { Blueprint } from '../template/blueprint.ts';
import { TemplateError } from '../template/template-error.ts';

/**
 * Throws when a service may not invoke the function that it is to invoke: on AWS the API would answer every request of the
 * route with 500, and the rule would fail each time without a word.
 */
export function requireInvokePermissions(blueprint: Blueprint): void {
  const allows = (functionArn: string, principal: string, source: string): boolean =>
    blueprint.permissions.some(
      (each) =>
        each.functionArn === functionArn &&
        each.principal === principal &&
        (each.sourceArn === undefined || matches(each.sourceArn, source)),
    );
  for (const api of blueprint.apis) {
    for (const { routeKey, functionArn } of api.routes) {
      const [method = '', path = ''] = routeKey === '$default' ? ['$default', ''] : routeKey.split(' ');
      const source = `${api.arn}/$default/${method === 'ANY' ? '*' : method}${path}`;
      if (allows(functionArn, 'apigateway.amazonaws.com', source)) continue;
      throw new TemplateError(`${api.logicalId}: the route ${routeKey} may not invoke ${functionArn}.`);
    }
  }
  for (const { logicalId, arn, targetArn, source, roleArn } of blueprint.schedules) {
    if (source !== 'rule') continue;
    if (targetArn.includes(':lambda:') && roleArn === undefined) {
      if (allows(targetArn, 'events.amazonaws.com', arn)) continue;
      throw new TemplateError(`${logicalId}: the rule may not invoke ${targetArn}.`);
    }
    if (roleArn === undefined) throw new TemplateError(`${logicalId}: RoleArn is required for target ${targetArn}.`);
  }
  for (const { logicalId, arn, targetArns } of blueprint.eventRules) {
    const refused = targetArns.find((targetArn) => !allows(targetArn, 'events.amazonaws.com', arn));
    if (refused) throw new TemplateError(`${logicalId}: the rule may not invoke ${refused}.`);
  }
}

function matches(pattern: string, source: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${expression}$`).test(source);
}
