import { AppError } from '@runnel/protocol/errors'
import { ENDPOINT_NAME, FlowDataSchema } from '@runnel/protocol/flow'
import type { FlowCreate, FlowUpdate } from '@runnel/protocol/flows'
import { newId } from '@runnel/protocol/id'
import { applyPatch, type JsonPatch, PatchMismatch } from '@runnel/protocol/json-patch'
import { UniqueViolation } from '@runnel/storage/faults'
import type { FlowChanges } from '@runnel/storage/flow-repository'
import type { Storage } from '@runnel/storage/open-storage'
import type { FlowRecord, UserRecord } from '@runnel/storage/records'
import type { Config } from '../config.ts'
import { isoSeconds } from '../http/dates.ts'
import type { ProjectService } from '../projects/project-service.ts'
import type { FlowEvents } from './flow-events.ts'
import { hasWebhook, keepSecrets, removeSecrets } from './flow-graph.ts'
import { isMember, withoutSecrets } from './shown-flow.ts'
import { versionToken } from './version-token.ts'

export interface FlowServiceOptions {
  readonly storage: Pick<Storage, 'flows' | 'projects'>
  readonly projects: Pick<ProjectService, 'defaultProject' | 'find'>
  readonly config: Pick<Config, 'removeApiKeys'>
  readonly events: Pick<FlowEvents, 'note'>
  readonly now: () => number
}

export type FlowService = ReturnType<typeof createFlowService>

/** Two requests may ask for the same free name at the same moment. */
const NAME_ATTEMPTS = 5

/** Whose flow is written, and by whom. */
export interface Editor extends Pick<UserRecord, 'id' | 'username'> {
  /** The API key that was shown, when it was one. */
  readonly keyName?: string | null | undefined
  /** The name of who writes for the user, a member of the project: they have not seen the secrets of the flow. */
  readonly member?: string | undefined
}

/** For whom flows are made, and by whom. */
type Owner = Pick<Editor, 'id' | 'member'>

/** Who writes, of a call. */
export const editorOf = (call: {
  readonly user: UserRecord
  readonly author: UserRecord
  readonly key: { readonly name: string | null } | null
}): Editor => ({
  id: call.user.id,
  username: call.user.username,
  keyName: call.key?.name,
  ...(isMember(call) && { member: call.author.username }),
})

/** The name of who writes, for those who see the flow change. */
export function authorOf({ username, keyName, member = username }: Editor): string {
  return keyName ? `${member} (${keyName})` : member
}

/** Other people write at the same moment, but not for ever. */
const UPDATE_ATTEMPTS = 5

/** Saves flows: names made unique, the project found, the webhook mark kept true. */
export function createFlowService({ storage, projects, config, events, now }: FlowServiceOptions) {
  const { flows } = storage

  /** A graph as it is kept. */
  function textOf(data: Readonly<Record<string, unknown>>): string {
    if (config.removeApiKeys) removeSecrets(data)
    return JSON.stringify(data)
  }

  /** A project of the user that was asked for; an unknown one counts as none. */
  async function projectOf(userId: string, wanted: string | null | undefined): Promise<string> {
    const found = wanted ? await storage.projects.find(userId, wanted) : undefined
    return (found ?? (await projects.defaultProject(userId))).id
  }

  async function toRecords({ id: userId, member }: Owner, items: readonly FlowCreate[], projectId?: string) {
    const records: FlowRecord[] = []
    for (const item of items) {
      const wanted = checkEndpointName(item.endpoint_name) ?? null
      const taken = records.map(({ name }) => name)
      const endpoints = records.flatMap(({ endpointName }) => endpointName ?? [])
      // A millisecond apart, so that lists keep the order of the file.
      const time = now() + records.length
      records.push({
        id: newId(),
        userId,
        projectId: projectId ?? (await projectOf(userId, item.folder_id ?? item.project_id)),
        name: await flows.uniqueName(userId, item.name, taken),
        description: item.description ?? null,
        endpointName: wanted === null ? null : await flows.uniqueEndpointName(userId, wanted, endpoints),
        icon: item.icon ?? null,
        iconBgColor: item.icon_bg_color || null,
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
        savedBy: member ?? null,
        version: 1,
        createdAt: time,
        updatedAt: time,
        data: item.data ? textOf(item.data) : null,
      })
    }
    return records
  }

  function noteSaved(editor: Editor, flow: FlowRecord): void {
    const author = authorOf(editor)
    events.note(flow, {
      type: 'flow_updated',
      summary: 'The flow was saved',
      author,
      version_token: versionToken(flow),
    })
  }

  async function find(userId: string, id: string): Promise<FlowRecord> {
    const flow = await flows.find(userId, id)
    if (!flow || flow.id !== id) throw new AppError('flow_id_not_found')
    return flow
  }

  return {
    /** All or none; into `projectId` when given, which must be the user's own. */
    async addMany(owner: Owner, items: readonly FlowCreate[], projectId?: string): Promise<readonly FlowRecord[]> {
      if (projectId !== undefined) await projects.find(owner.id, projectId)
      for (let attempt = 1; ; attempt++) {
        try {
          return await flows.addMany(await toRecords(owner, items, projectId))
        } catch (error) {
          const isTaken =
            error instanceof AppError && (error.code === 'name_not_unique' || error.code === 'endpoint_name_not_unique')
          if (!isTaken || attempt >= NAME_ATTEMPTS) throw error
        }
      }
    },

    /** @throws AppError `flow_id_not_found` */
    find,

    /**
     * Changes what is given. With `ifToken`, only a flow whose graph has that version token.
     * @throws AppError `flow_id_not_found`, `flow_version_conflict`, `project_not_found`, `name_not_unique`,
     * `endpoint_name_not_unique`, `endpoint_name_invalid`
     */
    async update(user: Editor, id: string, change: FlowUpdate, ifToken?: string): Promise<FlowRecord> {
      const wanted = change.folder_id ?? change.project_id
      const projectId = wanted ? (await projects.find(user.id, wanted)).id : undefined
      const isBlind = user.member !== undefined && change.data
      for (let attempt = 1; attempt <= UPDATE_ATTEMPTS; attempt++) {
        const before = ifToken === undefined && !isBlind ? undefined : await find(user.id, id)
        if (before && ifToken !== undefined && versionToken(before) !== ifToken) throw conflict(before, user, ifToken)
        const data = before && isBlind ? whole(user, before, change.data) : change.data
        const changes = {
          ...changesOf({ ...change, data }, textOf),
          ...(projectId && { projectId }),
          ...(data && { savedBy: user.member ?? null }),
        }
        const ifVersion = before && { ifVersion: before.version }
        const updated = await flows.update(user.id, id, changes, { updatedAt: now(), ...ifVersion })
        if (updated) {
          if (change.data) noteSaved(user, updated)
          return updated
        }
        if (!before) break
      }
      throw new AppError(ifToken === undefined ? 'flow_id_not_found' : 'flow_version_conflict')
    },

    /**
     * Changes parts of the graph that has that version token.
     * @throws AppError `flow_id_not_found`, `flow_locked`, `flow_version_conflict`, `graph_patch_mismatch`
     */
    async patch(user: Editor, id: string, patch: JsonPatch, ifToken: string): Promise<FlowRecord> {
      const flow = await find(user.id, id)
      if (flow.locked) throw new AppError('flow_locked')
      if (versionToken(flow) !== ifToken) throw conflict(flow, user, ifToken)
      const seen = user.member === undefined ? flow.data : withoutSecrets(flow.data)
      return this.update(user, id, { data: patchedGraph(seen, patch) }, ifToken)
    },

    /**
     * Makes the flow of that id, or changes what is given of it. With `rename`, a new flow takes the next free name.
     * @throws AppError `flow_id_not_found` when it is another user's, `folder_not_found`, `put_conflict`
     */
    async put(
      user: Editor,
      id: string,
      given: FlowCreate,
      { rename = false }: { readonly rename?: boolean } = {},
    ): Promise<{ readonly isNew: boolean; readonly flow: FlowRecord }> {
      const wanted = given.folder_id ?? given.project_id
      if (wanted && !(await storage.projects.find(user.id, wanted))) throw new AppError('folder_not_found')
      const existing = await flows.findAny(id)
      const isNew = existing?.id !== id
      if (!isNew && existing.userId !== user.id) throw new AppError('flow_id_not_found')
      try {
        if (!isNew) return { isNew, flow: await this.update(user, id, given) }
        const [record] = await toRecords(user, [given])
        if (!record) throw new AppError('flow_id_not_found')
        const endpointName = checkEndpointName(given.endpoint_name) ?? null
        const name = rename ? record.name : given.name
        return { isNew, flow: await flows.add({ ...record, id, name, endpointName }) }
      } catch (error) {
        const isTaken =
          error instanceof AppError && (error.code === 'name_not_unique' || error.code === 'endpoint_name_not_unique')
        // Someone else has made a flow of this id at the same moment.
        if (isNew && error instanceof UniqueViolation) return this.put(user, id, given, { rename })
        throw isTaken ? new AppError('put_conflict', [error.message], { cause: error }) : error
      }
    },

    /** How many of these flows the user had; they are gone, with all their runs left behind. */
    remove: (userId: string, ids: readonly string[]): Promise<number> => flows.remove(userId, ids),
  }
}

/** A graph somebody gives for a flow; one of a member with the secrets they have not seen. */
export function whole<Graph extends object | null | undefined>(
  { member }: Pick<Editor, 'member'>,
  { data: stored }: Pick<FlowRecord, 'data'>,
  given: Graph,
): Graph {
  if (member === undefined || !given || stored === null) return given
  const filled = structuredClone(given)
  keepSecrets(filled, JSON.parse(stored))
  return filled
}

/** @throws AppError `graph_patch_mismatch` */
function patchedGraph(data: string | null, patch: JsonPatch): NonNullable<FlowUpdate['data']> {
  try {
    const patched = applyPatch(data === null ? { nodes: [], edges: [] } : JSON.parse(data), patch)
    const checked = FlowDataSchema.safeParse(patched)
    if (checked.success) return checked.data
    throw new PatchMismatch('it makes no graph of it')
  } catch (error) {
    if (error instanceof PatchMismatch) throw new AppError('graph_patch_mismatch', [error.message], { cause: error })
    throw error
  }
}

function conflict(flow: FlowRecord, owner: Editor, expected: string | undefined): AppError {
  const error = new AppError('flow_version_conflict')
  const detail = {
    code: error.code,
    message: error.message,
    flow_id: flow.id,
    expected_version_token: expected,
    current_version_token: versionToken(flow),
    modified_by: { id: owner.id, username: flow.savedBy ?? owner.username },
    modified_at: isoSeconds(flow.updatedAt),
  }
  return new AppError('flow_version_conflict', [], { detail })
}

/** Absent and null keys change nothing, except that a null or empty endpoint name or an empty colour clears it. */
function changesOf(change: FlowUpdate, textOf: (data: Readonly<Record<string, unknown>>) => string): FlowChanges {
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
    data: change.data && textOf(change.data),
    webhook: change.data && hasWebhook(change.data),
  }
  const kept = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null))
  return {
    ...kept,
    ...(change.icon_bg_color === '' && { iconBgColor: null }),
    ...(endpointName !== undefined && { endpointName }),
  }
}

/** Null for an empty name, undefined when none was given. @throws AppError `endpoint_name_invalid` */
function checkEndpointName(name: string | null | undefined): string | null | undefined {
  if (name === undefined) return undefined
  if (name === null || name === '') return null
  if (!ENDPOINT_NAME.test(name)) throw new AppError('endpoint_name_invalid')
  return name
}
