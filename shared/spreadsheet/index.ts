export { sheetLimits } from './limits.ts';
export { readSheet, type Sheet } from './read-sheet.ts';
export { UnreadableFile, type UnreadableFileCode, unreadableFileCodes } from './unreadable-file.ts';
export { writeCsv } from './write-csv.ts';
