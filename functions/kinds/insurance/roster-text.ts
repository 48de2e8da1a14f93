import type { VolunteerInput } from '../../../shared/kinds/insurance/input.ts';

/** Typed volunteers, one a row: name, identity number and telephone, apart by tabs, commas or spaces. */
export function volunteersFromText(text: string): VolunteerInput[] {
  return text
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map((row) => {
      const apart = /[\t,，;；|]/.test(row);
      const cells = apart ? row.split(/[\t,，;；|]/) : row.split(/\s+/);
      // names may have spaces in them, numbers do not
      const [name, identityNumber, phone] = apart
        ? cells.map((cell) => cell.trim())
        : [cells.slice(0, Math.max(1, cells.length - 2)).join(' '), ...cells.slice(Math.max(1, cells.length - 2))];
      return {
        ...(name && { name }),
        ...(identityNumber && { identityNumber }),
        ...(phone && { phone }),
      };
    });
}

/** The same rows as text, to be corrected in the form. */
export function volunteersToText(volunteers: readonly VolunteerInput[]): string {
  return volunteers
    .map(({ name = '', identityNumber = '', phone = '' }) => [name, identityNumber, phone].join('\t'))
    .join('\n');
}
