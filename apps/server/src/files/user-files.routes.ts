import { AppError } from '@runnel/protocol/errors'
import {
  deleteAllUserFiles,
  deleteUserFile,
  deleteUserFiles,
  downloadUserFile,
  downloadUserFiles,
  listUserFiles,
  renameUserFile,
  type UserFileRead,
  type UserFileUploaded,
  uploadUserFile,
} from '@runnel/protocol/files'
import type { FileRecord } from '@runnel/storage/records'
import type { FastifyInstance } from 'fastify'
import { fileStamp, isoMicroseconds } from '../http/dates.ts'
import { implement } from '../http/implement.ts'
import { withMultipart } from '../http/multipart.ts'
import { safeFileName, uniqueEntryName } from '../http/zip.ts'
import type { Services } from '../services.ts'
import { receiveUpload } from './receive-upload.ts'
import { sendDownload } from './send-file.ts'
import { diskName, fullName } from './user-file-service.ts'
import { streamZip, ZIP_BYTES } from './zip-stream.ts'

type Needed = Pick<Services, 'userFiles' | 'fileStore' | 'config' | 'now'>

/** Files that users keep. */
export function userFilesRoutes(app: FastifyInstance, { userFiles, fileStore, config, now }: Needed): void {
  const upload = { store: fileStore, maxMegabytes: config.maxFileSizeUpload }

  withMultipart(app, { bytes: 0 }, (scope) => {
    implement(scope, uploadUserFile, async ({ query, user, request }) => {
      const received = await receiveUpload(request, upload)
      return toUploaded(await (query.append ? userFiles.append : userFiles.add)(user.id, received))
    })
  })

  implement(app, listUserFiles, async ({ user }) => (await userFiles.list(user.id)).map(toRead))

  implement(app, downloadUserFile, async ({ params, query, user }, reply) => {
    if (query.return_content) return userFiles.text(user.id, params.file_id)
    const file = await userFiles.find(user.id, params.file_id)
    return sendDownload(reply, fullName(file), await userFiles.open(file))
  })

  implement(app, renameUserFile, async ({ params, query, user }) =>
    toUploaded(await userFiles.rename(user.id, params.file_id, query.name)),
  )

  implement(app, deleteUserFile, async ({ params, user }) => {
    const file = await userFiles.find(user.id, params.file_id)
    await userFiles.remove(user.id, [file.id])
    return { message: 'File deleted successfully', detail: `File ${file.name} deleted successfully` }
  })

  implement(app, deleteAllUserFiles, async ({ user }) => {
    await userFiles.removeAll(user.id)
    return { message: 'All files deleted successfully' }
  })

  implement(app, downloadUserFiles, async ({ body, user }, reply) => {
    const files = await userFiles.list(user.id, body)
    if (files.length === 0) throw new AppError('no_files_found')
    if (files.reduce((bytes, { size }) => bytes + size, 0) > ZIP_BYTES) {
      throw new AppError('bad_request', ['These files are too large for one archive. Download fewer at a time.'])
    }
    return reply
      .header('content-type', 'application/x-zip-compressed')
      .header('content-disposition', `attachment; filename=${fileStamp(now())}_langflow_files.zip`)
      .send(streamZip(await entriesOf(files)))
  })

  implement(app, deleteUserFiles, async ({ body, user }) => {
    const count = await userFiles.remove(user.id, body)
    if (count === 0) throw new AppError('no_files_found')
    return { message: `${count} files deleted successfully` }
  })

  /** Files whose bytes are missing are left out: an archive that has begun cannot fail. */
  async function entriesOf(files: readonly FileRecord[]) {
    const taken = new Set<string>()
    const there = []
    for (const file of files) {
      if ((await fileStore.size(file.userId, diskName(file))) !== undefined) there.push(file)
    }
    return there.map((file) => ({
      name: uniqueEntryName(safeFileName(fullName(file)), taken),
      open: async () => (await userFiles.open(file)).handle.createReadStream(),
    }))
  }
}

const toUploaded = (file: FileRecord): UserFileUploaded => ({
  id: file.id,
  name: file.name,
  path: `${file.userId}/${diskName(file)}`,
  size: file.size,
  provider: null,
})

const toRead = (file: FileRecord): UserFileRead => ({
  ...toUploaded(file),
  user_id: file.userId,
  created_at: isoMicroseconds(file.createdAt),
  updated_at: isoMicroseconds(file.updatedAt),
})
