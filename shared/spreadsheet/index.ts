export { sheetLimits } from './limits.ts';
export { readSheets } from './read-sheets.ts';
export { UnreadableFile } from './unreadable-file.ts';
export { writeCsv } from './write-csv.ts';
