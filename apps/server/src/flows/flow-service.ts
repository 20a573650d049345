import { randomUUID } from 'node:crypto'
import { AppError } from '@runnel/protocol/errors'
import { ENDPOINT_NAME } from '@runnel/protocol/flow'
import type { FlowCreate, FlowUpdate } from '@runnel/protocol/flows'
import type { FlowChanges } from '@runnel/storage/flow-repository'
import type { Storage } from '@runnel/storage/open-storage'
import type { FlowRecord } from '@runnel/storage/records'
import type { ProjectService } from '../projects/project-service.ts'
import { hasWebhook } from './flow-graph.ts'

export interface FlowServiceOptions {
  readonly storage: Pick<Storage, 'flows' | 'projects'>
  readonly projects: Pick<ProjectService, 'defaultProject' | 'find'>
  readonly now: () => number
}

export type FlowService = ReturnType<typeof createFlowService>

/** Two requests may ask for the same free name at the same moment. */
const NAME_ATTEMPTS = 5

/** Saves flows: names made unique, the project found, the webhook mark kept true. */
export function createFlowService({ storage, projects, now }: FlowServiceOptions) {
  const { flows } = storage

  /** A project of the user that was asked for; an unknown one counts as none. */
  async function projectOf(userId: string, wanted: string | null | undefined): Promise<string> {
    const found = wanted ? await storage.projects.find(userId, wanted) : undefined
    return (found ?? (await projects.defaultProject(userId))).id
  }

  async function toRecords(userId: string, items: readonly FlowCreate[], projectId?: string) {
    const records: FlowRecord[] = []
    for (const item of items) {
      const wanted = checkEndpointName(item.endpoint_name) ?? null
      const taken = records.map(({ name }) => name)
      const endpoints = records.flatMap(({ endpointName }) => endpointName ?? [])
      // A millisecond apart, so that lists keep the order of the file.
      const time = now() + records.length
      records.push({
        id: randomUUID(),
        userId,
        projectId: projectId ?? (await projectOf(userId, item.folder_id ?? item.project_id)),
        name: await flows.uniqueName(userId, item.name, taken),
        description: item.description ?? null,
        endpointName: wanted === null ? null : await flows.uniqueEndpointName(userId, wanted, endpoints),
        icon: item.icon ?? null,
        iconBgColor: item.icon_bg_color ?? null,
        gradient: item.gradient ?? null,
        isComponent: item.is_component ?? false,
        webhook: (item.webhook ?? false) || hasWebhook(item.data),
        tags: item.tags ?? null,
        locked: item.locked ?? false,
        mcpEnabled: item.mcp_enabled ?? false,
        actionName: item.action_name ?? null,
        actionDescription: item.action_description ?? null,
        accessType: item.access_type ?? 'PRIVATE',
        fsPath: item.fs_path ?? null,
        version: 1,
        createdAt: time,
        updatedAt: time,
        data: item.data ? JSON.stringify(item.data) : null,
      })
    }
    return records
  }

  return {
    /** All or none; into `projectId` when given, which must be the user's own. */
    async addMany(userId: string, items: readonly FlowCreate[], projectId?: string): Promise<readonly FlowRecord[]> {
      if (projectId !== undefined) await projects.find(userId, projectId)
      for (let attempt = 1; ; attempt++) {
        try {
          return await flows.addMany(await toRecords(userId, items, projectId))
        } catch (error) {
          const isTaken =
            error instanceof AppError && (error.code === 'name_not_unique' || error.code === 'endpoint_name_not_unique')
          if (!isTaken || attempt >= NAME_ATTEMPTS) throw error
        }
      }
    },

    /** @throws AppError `flow_id_not_found` */
    async find(userId: string, id: string): Promise<FlowRecord> {
      const flow = await flows.find(userId, id)
      if (!flow || flow.id !== id) throw new AppError('flow_id_not_found')
      return flow
    },

    /**
     * Changes what is given. With `ifVersion`, only a flow of that version.
     * @throws AppError `flow_id_not_found`, `flow_changed`, `project_not_found`, `name_not_unique`,
     * `endpoint_name_not_unique`, `endpoint_name_invalid`
     */
    async update(userId: string, id: string, change: FlowUpdate, ifVersion?: number): Promise<FlowRecord> {
      const wanted = change.folder_id ?? change.project_id
      const projectId = wanted ? (await projects.find(userId, wanted)).id : undefined
      const updated = await flows.update(
        userId,
        id,
        { ...changesOf(change), ...(projectId && { projectId }) },
        { updatedAt: now(), ...(ifVersion !== undefined && { ifVersion }) },
      )
      if (updated) return updated
      const isThere = ifVersion !== undefined && (await flows.version(userId, id))?.id === id
      throw new AppError(isThere ? 'flow_changed' : 'flow_id_not_found')
    },

    /** How many of these flows the user had; they are gone, with all their runs left behind. */
    remove: (userId: string, ids: readonly string[]): Promise<number> => flows.remove(userId, ids),
  }
}

/** Absent and null keys change nothing, except that a null or empty endpoint name clears it. */
function changesOf(change: FlowUpdate): FlowChanges {
  const endpointName = checkEndpointName(change.endpoint_name)
  const given: { readonly [Key in keyof FlowChanges]: FlowChanges[Key] | null | undefined } = {
    name: change.name,
    description: change.description,
    icon: change.icon,
    iconBgColor: change.icon_bg_color,
    gradient: change.gradient,
    tags: change.tags,
    locked: change.locked,
    mcpEnabled: change.mcp_enabled,
    actionName: change.action_name,
    actionDescription: change.action_description,
    accessType: change.access_type,
    fsPath: change.fs_path,
    data: change.data && JSON.stringify(change.data),
    webhook: change.data && hasWebhook(change.data),
  }
  const kept = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null))
  return endpointName === undefined ? kept : { ...kept, endpointName }
}

/** Null for an empty name, undefined when none was given. @throws AppError `endpoint_name_invalid` */
function checkEndpointName(name: string | null | undefined): string | null | undefined {
  if (name === undefined) return undefined
  if (name === null || name === '') return null
  if (!ENDPOINT_NAME.test(name)) throw new AppError('endpoint_name_invalid')
  return name
}
