/** With what the keys of files begin that people give: they lie there until a page has read them, and after a day they are gone in any case. */
export const INCOMING = 'incoming/';
