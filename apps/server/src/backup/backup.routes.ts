import { downloadBackup, restoreBackup } from '@runnel/protocol/backup'
import type { FastifyInstance } from 'fastify'
import { fileStamp } from '../http/dates.ts'
import { implement } from '../http/implement.ts'
import { readUpload, withMultipart } from '../http/multipart.ts'
import type { Services } from '../services.ts'

const MAX_BYTES = 256 * 1024 * 1024

/** Backups of what a user has. */
export function backupRoutes(app: FastifyInstance, { backups, now }: Pick<Services, 'backups' | 'now'>): void {
  implement(app, downloadBackup, async ({ query, user }, reply) => {
    const zip = await backups.make(user.id, { files: query.files, projectId: query.project_id ?? undefined })
    return reply
      .header('content-type', 'application/x-zip-compressed')
      .header('content-disposition', `attachment; filename="${fileStamp(now())}_backup.zip"`)
      .send(zip)
  })

  withMultipart(app, { bytes: MAX_BYTES }, (scope) => {
    implement(
      scope,
      restoreBackup,
      async ({ query, user, request }) => backups.restore(user, (await readUpload(request)).content, query.conflicts),
      { bytes: MAX_BYTES },
    )
  })
}
