/** Who may take an edge of a lifecycle. */
export type By = 'workflow' | 'applicant' | 'hub' | 'funder' | 'donor' | 'insurer';

/** A legal change of stage: from where, to where, by whom and on which outcome. */
export interface Edge<S extends string = string> {
  readonly from: S;
  readonly to: S;
  readonly by: By;
  readonly on: string;
}
