import { AppError } from '@runnel/protocol/errors'
import type { FlowCreate } from '@runnel/protocol/flows'
import { newId } from '@runnel/protocol/id'
import type { Storage } from '@runnel/storage/open-storage'
import type { FlowRecord, FlowVersionHeader, FlowVersionRecord } from '@runnel/storage/records'
import type { Config } from '../config.ts'
import { type Editor, type FlowService, whole } from './flow-service.ts'
import { versionToken } from './version-token.ts'

export interface FlowVersionServiceOptions {
  readonly storage: Pick<Storage, 'flowVersions'>
  readonly flows: Pick<FlowService, 'find' | 'update' | 'addMany'>
  readonly config: Pick<Config, 'maxFlowVersions'>
  readonly now: () => number
}

export interface NewVersion {
  readonly description?: string | null | undefined
  readonly data?: FlowCreate['data']
}

export type FlowVersionService = ReturnType<typeof createFlowVersionService>

/** Two requests may take the same number at the same moment. */
const NUMBER_ATTEMPTS = 5
const REPLACED = 'Replaced by a newer edit'

/** Earlier contents of flows, and ways to replace the present one without losing it. */
export function createFlowVersionService({ storage, flows, config, now }: FlowVersionServiceOptions) {
  const { flowVersions } = storage

  async function keep(
    { member }: Pick<Editor, 'member'>,
    flow: FlowRecord,
    description: string | null,
    data = flow.data,
  ): Promise<FlowVersionRecord> {
    const made = {
      id: newId(),
      flowId: flow.id,
      userId: flow.userId,
      author: member ?? null,
      description,
      createdAt: now(),
      data,
    }
    for (let attempt = 1; ; attempt++) {
      try {
        return await flowVersions.add(made, { keep: config.maxFlowVersions })
      } catch (error) {
        const isTaken = error instanceof AppError && error.code === 'name_not_unique'
        if (!isTaken || attempt >= NUMBER_ATTEMPTS) throw error
      }
    }
  }

  async function find(userId: string, flowId: string, id: string): Promise<FlowVersionRecord> {
    const version = await flowVersions.find(userId, flowId, id)
    if (!version) throw new AppError('version_not_found')
    return version
  }

  return {
    /** @throws AppError `version_not_found` */
    find,

    /** Newest first. @throws AppError `flow_id_not_found` */
    async list(
      userId: string,
      flowId: string,
      page: { readonly limit: number; readonly offset: number },
    ): Promise<readonly FlowVersionHeader[]> {
      await flows.find(userId, flowId)
      return flowVersions.list(userId, flowId, page)
    },

    /** @throws AppError `flow_id_not_found` */
    async add(
      user: Pick<Editor, 'id' | 'member'>,
      flowId: string,
      { description, data }: NewVersion,
    ): Promise<FlowVersionRecord> {
      const flow = await flows.find(user.id, flowId)
      return keep(user, flow, description ?? null, data ? JSON.stringify(whole(user, flow, data)) : flow.data)
    },

    /** @throws AppError `version_not_found` */
    async remove(userId: string, flowId: string, id: string): Promise<void> {
      if (!(await flowVersions.remove(userId, flowId, id))) throw new AppError('version_not_found')
    },

    /** @throws AppError `version_not_found`, `flow_locked`, `bad_request` for a version without a graph */
    async activate(user: Editor, flowId: string, id: string, saveDraft: boolean): Promise<FlowRecord> {
      const version = await find(user.id, flowId, id)
      if (version.data === null) throw new AppError('bad_request', ['Cannot activate a version with no data'])
      const flow = await flows.find(user.id, flowId)
      if (flow.locked) throw new AppError('flow_locked')
      if (saveDraft && flow.data !== version.data) await keep(user, flow, `Before version ${version.number} came back`)
      return flows.update(user, flowId, { data: JSON.parse(version.data) })
    },

    /** @throws AppError `flow_id_not_found`, `flow_locked`, `flow_version_conflict` */
    async overwrite(
      user: Editor,
      flowId: string,
      data: NonNullable<FlowCreate['data']>,
      ifToken: string,
    ): Promise<FlowRecord> {
      const flow = await flows.find(user.id, flowId)
      if (flow.locked) throw new AppError('flow_locked')
      // Kept first: whatever happens in between, nothing is lost.
      if (versionToken(flow) === ifToken) await keep(user, flow, REPLACED)
      return flows.update(user, flowId, { data }, ifToken)
    },

    /** A copy that nobody can reach but its owner. @throws AppError `flow_id_not_found` */
    async fork(
      user: Pick<Editor, 'id' | 'member'>,
      flowId: string,
      given: NewVersion & { readonly name?: string | null | undefined },
    ) {
      const flow = await flows.find(user.id, flowId)
      const data = whole(user, flow, given.data) ?? (flow.data === null ? null : JSON.parse(flow.data))
      const [copy] = await flows.addMany(user, [
        {
          name: given.name ?? `${flow.name} (copy)`,
          description: flow.description,
          icon: flow.icon,
          icon_bg_color: flow.iconBgColor,
          gradient: flow.gradient,
          is_component: flow.isComponent,
          tags: flow.tags && [...flow.tags],
          folder_id: flow.projectId,
          data,
        },
      ])
      if (!copy) throw new AppError('flow_id_not_found')
      return copy
    },
  }
}
