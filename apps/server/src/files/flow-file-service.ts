import { AppError } from '@runnel/protocol/errors'
import type { Storage } from '@runnel/storage/open-storage'
import { checkFileName, storedName } from './file-name.ts'
import type { FileStore, OpenFile } from './file-store.ts'
import type { Received } from './receive-upload.ts'

export interface FlowFileServiceOptions {
  readonly storage: Pick<Storage, 'flows'>
  readonly store: FileStore
  /** Epoch milliseconds. */
  readonly now: () => number
}

export type FlowFileService = ReturnType<typeof createFlowFileService>

/** Files of flows: kept under the flow's id, with no more about them than their names. */
export function createFlowFileService({ storage, store, now }: FlowFileServiceOptions) {
  /** @throws AppError `flow_id_not_found` */
  async function checkOwner(userId: string, flowId: string): Promise<void> {
    if (!(await isFlowOf(storage, userId, flowId))) throw new AppError('flow_id_not_found')
  }

  return {
    checkOwner,

    /** Whoever asks may see the files: the flow is public. */
    async isPublic(flowId: string): Promise<boolean> {
      const flow = await storage.flows.findAny(flowId)
      return flow?.id === flowId && flow.accessType === 'PUBLIC'
    },

    /** Takes an upload over and answers its name. @throws AppError `flow_id_not_found` */
    async add(userId: string, flowId: string, { name, mark }: Received): Promise<string> {
      try {
        const time = now()
        let stored = storedName(time, name)
        for (let copy = 1; !(await store.publish(mark, flowId, stored)); copy++) stored = storedName(time, name, copy)
        // The flow may have gone while the file came.
        if (await isFlowOf(storage, userId, flowId)) return stored
        await store.removeFolder(flowId)
        throw new AppError('flow_id_not_found')
      } finally {
        await store.unmark(mark)
      }
    },

    /** @throws AppError `flow_id_not_found` */
    async list(userId: string, flowId: string): Promise<readonly string[]> {
      await checkOwner(userId, flowId)
      return store.list(flowId)
    },

    /** Asks for no owner. @throws AppError `file_name_invalid`, `file_not_found` */
    async open(flowId: string, name: string): Promise<OpenFile> {
      const file = await store.open(flowId, checkFileName(name))
      if (!file) throw new AppError('file_not_found')
      return file
    },

    /** Also when there is no such file. @throws AppError `file_name_invalid`, `flow_id_not_found` */
    async remove(userId: string, flowId: string, name: string): Promise<void> {
      checkFileName(name)
      await checkOwner(userId, flowId)
      await store.remove(flowId, name)
    },
  }
}

/** By id alone: an endpoint name may look like the id of another flow. */
export async function isFlowOf(storage: Pick<Storage, 'flows'>, userId: string, flowId: string): Promise<boolean> {
  return (await storage.flows.version(userId, flowId))?.id === flowId
}
