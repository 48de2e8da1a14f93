import type { IFunction } from 'aws-cdk-lib/aws-lambda';

/** The functions that a case's workflow calls; what each takes and gives is in `shared/domain/workflow/contract.ts`. */
export interface StageFunctions {
  /** the automatic checks; gives where the case stands */
  readonly screen: IFunction;
  /** puts a question to a party and keeps the token for the answer */
  readonly openTask: IFunction;
  /** what time makes of a case: reminders, escalations, ends */
  readonly advance: IFunction;
  /** enters who is insured from when to when */
  readonly cover: IFunction;
}
