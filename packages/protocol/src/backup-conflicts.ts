/** What happens to a flow or file whose name is taken: it is left out, gets a number, or takes its place. */
export const backupConflicts = ['skip', 'rename', 'replace'] as const
export type BackupConflict = (typeof backupConflicts)[number]
