export { sheetLimits } from './limits.ts';
export { readSheet } from './read-sheet.ts';
export { UnreadableFile } from './unreadable-file.ts';
export { writeCsv } from './write-csv.ts';
