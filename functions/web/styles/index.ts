import { baseStyles } from './base.ts';
import { caseStyles } from './case.ts';
import { formStyles } from './forms.ts';
import { frameStyles } from './frame.ts';
import { homeStyles } from './home.ts';
import { partStyles } from './parts.ts';
import { printStyles } from './print.ts';

/** Everything that site and console look like, without blank space at the line starts. */
export const stylesheet = [baseStyles, frameStyles, formStyles, partStyles, caseStyles, homeStyles, printStyles]
  .join('\n')
  .replace(/^\s+/gm, '');
