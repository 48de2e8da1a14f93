/** What is read at most. Bytes are counted before anything is parsed, rows and columns while it is. */
export const sheetLimits = {
  /** Bytes of the file: what one request can carry. */
  bytes: 4 * 1024 * 1024,
  /** Rows that have something in them. */
  rows: 20_000,
  columns: 100,
  /** Bytes of all the parts of one XLSX file that are unpacked. A full sheet of 20,000 rows of 15 cells takes about half. */
  unpackedBytes: 32_000_000,
  /** Characters of all cells together: one shared text can be named by a million cells. */
  characters: 16_000_000,
} as const;
