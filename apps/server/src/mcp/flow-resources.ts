import { AppError } from '@runnel/protocol/errors'
import type { JsonObject } from '@runnel/protocol/json'
import type { FlowFileService } from '../files/flow-file-service.ts'
import { mediaTypeOf } from '../files/media-type.ts'
import type { FlowTools, ToolRoom } from './flow-tools.ts'

const SCHEME = 'langflow://files/'
const MAX_BYTES = 10 * 1024 * 1024

export interface FlowResourcesOptions {
  readonly tools: Pick<FlowTools, 'flows'>
  readonly files: Pick<FlowFileService, 'list' | 'open'>
}

export type FlowResources = ReturnType<typeof createFlowResources>

/** The files of flows as resources of an MCP server; visitors are shown none. */
export function createFlowResources({ tools, files }: FlowResourcesOptions) {
  return {
    async list(room: ToolRoom): Promise<readonly JsonObject[]> {
      if (room.visitor !== null) return []
      const flows = await tools.flows(room)
      const found = await Promise.all(
        flows.map(async ({ id, name: flow }) => {
          const names = await files.list(room.userId, id)
          return names.map((name) => ({
            uri: `${SCHEME}${id}/${encodeURIComponent(name)}`,
            name,
            description: `File of the flow ${flow}`,
            mimeType: mediaTypeOf(name),
          }))
        }),
      )
      return found.flat()
    },

    /** The file as text or base64; undefined when there is none. */
    async read(room: ToolRoom, uri: string): Promise<JsonObject | undefined> {
      const [flowId = '', encoded = ''] = uri.startsWith(SCHEME) ? uri.slice(SCHEME.length).split('/') : []
      if (room.visitor !== null) return undefined
      const name = decodedName(encoded)
      const flow = (await tools.flows(room)).find(({ id }) => id === flowId)
      if (!flow || name === undefined) return undefined
      const { handle, size } = await files.open(flowId, name)
      try {
        if (size > MAX_BYTES) throw new AppError('bad_request', ['The file is too large to be given as a resource.'])
        const bytes = await handle.readFile()
        const mimeType = mediaTypeOf(name)
        const isText = /^text\/|json|xml|yaml/.test(mimeType)
        return { uri, mimeType, ...(isText ? { text: bytes.toString('utf8') } : { blob: bytes.toString('base64') }) }
      } finally {
        await handle.close()
      }
    },
  }
}

function decodedName(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}
