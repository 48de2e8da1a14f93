import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** It waits for most of its minutes, as everything that fails in it is tried again later. */
const waits = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith('/crash/faults.test.ts');

/** The order of files: the one that waits begins, so that it runs beside the others and not after them; of each project then those that took longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => Number(waits(b)) - Number(waits(a)));
  }
}
