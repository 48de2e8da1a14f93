/** Why a file cannot be read as a spreadsheet. */
export const unreadableFileCodes = [
  /** There is no byte, or no cell with anything in it. */
  'empty',
  /** More bytes than an upload may have, or than its parts may have when unpacked. */
  'too-large',
  'too-many-rows',
  'too-many-columns',
  'too-many-sheets',
  /** An Excel file of before 2007 (.xls): it must be saved as .xlsx or CSV first. */
  'old-excel',
  /** It can be opened only with a password. */
  'password',
  /** A PDF, a picture, a web page, a text document… */
  'not-a-spreadsheet',
  /** It is a spreadsheet, and parts of it are missing or contradict each other. */
  'damaged',
  /** Text in no encoding that is read, or with a character cut in half. */
  'encoding',
  /** A quotation mark opens a cell and nothing closes it; `line` is where that row begins. */
  'unclosed-quote',
] as const;
export type UnreadableFileCode = (typeof unreadableFileCodes)[number];

/** The file cannot be read; `code` says why, the texts for it are kept with the translations. */
export class UnreadableFile extends Error {
  readonly code: UnreadableFileCode;
  readonly line: number | undefined;
  constructor(code: UnreadableFileCode, options: { line?: number; cause?: unknown } = {}) {
    super(code, { cause: options.cause });
    this.name = 'UnreadableFile';
    this.code = code;
    this.line = options.line;
  }
}
