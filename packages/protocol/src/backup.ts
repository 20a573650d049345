import { z } from 'zod'
import { backupConflicts } from './backup-conflicts.ts'
import { defineEndpoint } from './endpoint.ts'
import { OptionalUuid } from './identifiers.ts'
import { queryBoolean } from './query.ts'

const common = { path: '/api/v1/backup', tag: 'Backup', access: 'user' } as const

export const downloadBackup = defineEndpoint({
  ...common,
  method: 'GET',
  audit: 'backup.export',
  summary: 'Export your flows, components and the names of your variables as a zip, with your files if asked',
  query: z.object({ files: queryBoolean(false), project_id: OptionalUuid }),
  response: z.string(),
  responseType: 'application/x-zip-compressed',
  errors: { 404: 'Project not found' },
})

const Counts = z.object({ added: z.number(), replaced: z.number(), skipped: z.number() })

export const RestoredBackup = z.object({
  flows: Counts,
  files: Counts,
  /** Variables the flows name and you do not have: a backup holds no values. */
  missing_variables: z.array(z.string()),
})
export type RestoredBackup = z.output<typeof RestoredBackup>

export const restoreBackup = defineEndpoint({
  ...common,
  method: 'POST',
  audit: 'backup.import',
  summary: 'Import a backup, sent as the part `file`',
  bodyType: 'multipart',
  query: z.object({ conflicts: z.enum(backupConflicts).default('skip') }),
  status: 201,
  response: RestoredBackup,
  errors: { 400: 'The file is no backup' },
  examples: {
    response: {
      flows: { added: 3, replaced: 0, skipped: 1 },
      files: { added: 0, replaced: 0, skipped: 0 },
      missing_variables: ['OPENAI_API_KEY'],
    },
  },
})
