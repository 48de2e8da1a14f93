/** Where a running stack puts a snapshot that was asked for: beside its data folder, renamed when it is complete. */
export function snapshotFolder(dataDir: string): { readonly begun: string; readonly done: string } {
  return { begun: `${dataDir}.snapshot-begun`, done: `${dataDir}.snapshot` };
}
