import { AppError } from '@runnel/protocol/errors'
import {
  deleteFlowFile,
  downloadFlowFile,
  listFlowFiles,
  showFlowImage,
  uploadFlowFile,
  uploadFlowFileAlias,
} from '@runnel/protocol/files'
import type { FastifyInstance } from 'fastify'
import { implement, implementOpen } from '../http/implement.ts'
import { withMultipart } from '../http/multipart.ts'
import type { Services } from '../services.ts'
import { mayBeInline, mediaTypeOf } from './media-type.ts'
import { receiveUpload } from './receive-upload.ts'
import { sendDownload, sendInline } from './send-file.ts'

type Needed = Pick<Services, 'flowFiles' | 'fileStore' | 'config' | 'authenticator' | 'memberships'>

/** Files uploaded to flows. */
export function flowFilesRoutes(app: FastifyInstance, services: Needed): void {
  const { flowFiles, fileStore, config, authenticator, memberships } = services
  const upload = { store: fileStore, maxMegabytes: config.maxFileSizeUpload }

  withMultipart(app, { bytes: 0 }, (scope) => {
    for (const endpoint of [uploadFlowFile, uploadFlowFileAlias]) {
      implement(scope, endpoint, async ({ params, user, request }) => {
        await flowFiles.checkOwner(user.id, params.flow_id)
        const name = await flowFiles.add(user.id, params.flow_id, await receiveUpload(request, upload))
        return { flowId: params.flow_id, file_path: `${params.flow_id}/${name}` }
      })
    }
  })

  implement(app, listFlowFiles, async ({ params, user }) => ({ files: await flowFiles.list(user.id, params.flow_id) }))

  implement(app, downloadFlowFile, async ({ params, user }, reply) => {
    await flowFiles.checkOwner(user.id, params.flow_id)
    return sendDownload(reply, params.file_name, await flowFiles.open(params.flow_id, params.file_name))
  })

  implementOpen(app, showFlowImage, async ({ params, request }, reply) => {
    const { flow_id, file_name } = params
    if (!(await flowFiles.isPublic(flow_id))) {
      const { user } = await authenticator.authenticate(request, 'user')
      const membership = await memberships.of(user, showFlowImage, { params })
      await flowFiles.checkOwner((membership?.owner ?? user).id, flow_id)
    }
    const file = await flowFiles.open(flow_id, file_name)
    const type = mediaTypeOf(file_name)
    if (mayBeInline(type)) return sendInline(reply, type, file)
    if (type.startsWith('image/')) return sendDownload(reply, file_name, file)
    await file.handle.close()
    throw new AppError('bad_request', [`Content type ${type} is not an image`])
  })

  implement(app, deleteFlowFile, async ({ params, user }) => {
    await flowFiles.remove(user.id, params.flow_id, params.file_name)
    return { message: `File ${params.file_name} deleted successfully` }
  })
}
