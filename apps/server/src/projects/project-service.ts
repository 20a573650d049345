import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import { UniqueViolation } from '@runnel/storage/faults'
import type { Storage } from '@runnel/storage/open-storage'
import type { FlowRecord, ProjectRecord } from '@runnel/storage/records'
import type { Config } from '../config.ts'

export interface ProjectServiceOptions {
  readonly storage: Pick<Storage, 'projects' | 'flows'>
  readonly config: Pick<Config, 'defaultFolderName'>
  readonly now: () => number
}

export interface NewProject {
  readonly name: string
  readonly description?: string | null | undefined
  readonly flows_list?: readonly string[] | null | undefined
  readonly components_list?: readonly string[] | null | undefined
}

export interface ProjectChange {
  readonly name?: string | null | undefined
  readonly description?: string | null | undefined
  readonly parent_id?: string | null | undefined
  readonly flows?: readonly string[] | null | undefined
  readonly components?: readonly string[] | null | undefined
  readonly stores_payloads?: boolean | null | undefined
}

export type ProjectService = ReturnType<typeof createProjectService>

const DESCRIPTION = 'Manage your own projects. Download and upload projects.'
/** Two requests may ask for the same free name at the same moment. */
const NAME_ATTEMPTS = 5

/** Folders of flows. Another user's project is simply not found. */
export function createProjectService({ storage, config, now }: ProjectServiceOptions) {
  const { projects, flows } = storage

  async function find(userId: string, id: string): Promise<ProjectRecord> {
    const project = await projects.find(userId, id)
    if (!project) throw new AppError('project_not_found')
    return project
  }

  /** A project as it is made, by a caller or for one. */
  function newProject(given: Pick<ProjectRecord, 'id' | 'userId' | 'name' | 'description'>): ProjectRecord {
    const time = now()
    return { ...given, parentId: null, authSettings: null, storesPayloads: true, createdAt: time, updatedAt: time }
  }

  async function addNamed(userId: string, wanted: string, description: string | null): Promise<ProjectRecord> {
    for (let attempt = 1; ; attempt++) {
      const name = await projects.uniqueName(userId, wanted)
      try {
        return await projects.add(newProject({ id: newId(), userId, name, description }))
      } catch (error) {
        const isTaken = error instanceof AppError && error.code === 'name_not_unique'
        if (!isTaken || attempt >= NAME_ATTEMPTS) throw error
      }
    }
  }

  /** The project new flows of a user go to: the one of the default name, else the oldest, else a new one. */
  async function defaultProject(userId: string): Promise<ProjectRecord> {
    const byName = await projects.findByName(userId, config.defaultFolderName)
    const project = byName ?? (await projects.list(userId))[0]
    return project ?? addNamed(userId, config.defaultFolderName, DESCRIPTION)
  }

  /** Exactly `wanted` of one kind belong to the project afterwards; what drops out goes to the default project. */
  async function keepOnly(userId: string, projectId: string, isComponent: boolean, wanted: readonly string[]) {
    const held = await flows.headers(userId, { projectId, isComponent })
    const kept = new Set(wanted)
    const dropped = held.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
    const home = dropped.length > 0 ? await defaultProject(userId) : undefined
    if (home && home.id !== projectId) await projects.moveFlows(userId, dropped, home.id)
    const heldIds = new Set(held.map(({ id }) => id))
    await projects.moveFlows(
      userId,
      wanted.filter((id) => !heldIds.has(id)),
      projectId,
    )
  }

  return {
    find,
    defaultProject,

    /** The default project first, then in order of creation. */
    async list(userId: string): Promise<readonly ProjectRecord[]> {
      const { id } = await defaultProject(userId)
      const all = await projects.list(userId)
      return [...all.filter((project) => project.id === id), ...all.filter((project) => project.id !== id)]
    },

    /** Flows given with it are moved, not copied; unknown ones are skipped. */
    async add(userId: string, given: NewProject): Promise<ProjectRecord> {
      const project = await addNamed(userId, given.name, given.description ?? null)
      const moved = [...(given.flows_list ?? []), ...(given.components_list ?? [])]
      await projects.moveFlows(userId, moved, project.id)
      return project
    },

    /**
     * Makes the project of that id, or changes what is given of it.
     * @throws AppError `project_not_found` when it is another user's, `put_conflict`
     */
    async put(userId: string, id: string, given: NewProject): Promise<ProjectPut> {
      const existing = await projects.find(userId, id)
      try {
        if (existing) {
          const { flows_list: flows, components_list: components, ...change } = given
          return { isNew: false, project: await this.update(userId, id, { ...change, flows, components }) }
        }
        const { name, description = null } = given
        const project = await projects.add(newProject({ id, userId, name, description }))
        await projects.moveFlows(userId, [...(given.flows_list ?? []), ...(given.components_list ?? [])], id)
        return { isNew: true, project }
      } catch (error) {
        const isTaken = error instanceof AppError && error.code === 'name_not_unique'
        if (isTaken) throw new AppError('put_conflict', [error.message], { cause: error })
        // The id is taken: by another user, or by this one a moment ago.
        if (!(error instanceof UniqueViolation)) throw error
        if (await projects.find(userId, id)) return this.put(userId, id, given)
        throw new AppError('project_not_found', [], { cause: error })
      }
    },

    /**
     * A change by a member of the project reaches nothing else of its owner's.
     * @throws AppError `project_not_found`, `flow_id_not_found`
     */
    async checkReach(userId: string, id: string, { parent_id, flows: kept, components }: ProjectChange): Promise<void> {
      if (parent_id) throw new AppError('project_not_found')
      const held = new Set((await flows.headers(userId, { projectId: id })).map((flow) => flow.id))
      const isStrange = [...(kept ?? []), ...(components ?? [])].some((flow) => !held.has(flow))
      if (isStrange) throw new AppError('flow_id_not_found')
    },

    /** @throws AppError `project_not_found`, `name_not_unique` */
    async update(userId: string, id: string, change: ProjectChange): Promise<ProjectRecord> {
      await find(userId, id)
      if (change.parent_id) await find(userId, change.parent_id)
      const changed = await projects.update(userId, id, {
        ...(change.name && { name: change.name }),
        ...(typeof change.description === 'string' && { description: change.description }),
        ...(typeof change.stores_payloads === 'boolean' && { storesPayloads: change.stores_payloads }),
        ...(change.parent_id && change.parent_id !== id && { parentId: change.parent_id }),
      })
      if (change.flows) await keepOnly(userId, id, false, change.flows)
      if (change.components) await keepOnly(userId, id, true, change.components)
      return changed ?? find(userId, id)
    },

    /** @throws AppError `project_not_found` */
    async remove(userId: string, id: string): Promise<void> {
      if (!(await projects.remove(userId, id))) throw new AppError('project_not_found')
    },

    /** The flows of one project, newest change first. */
    async flowsOf(userId: string, projectId: string, query: ProjectFlowQuery): Promise<ProjectFlows> {
      const filter = {
        projectId,
        ...(query.isComponent !== undefined && { isComponent: query.isComponent }),
        ...(query.search && { search: query.search }),
      }
      const paging = query.page === undefined || query.size === undefined ? {} : { page: query.page, size: query.size }
      const [total, items] = await Promise.all([
        flows.count(userId, filter),
        flows.list(userId, { ...filter, ...paging, order: 'recently-changed' }),
      ])
      return { total, items }
    },
  }
}

export interface ProjectPut {
  readonly isNew: boolean
  readonly project: ProjectRecord
}

export interface ProjectFlowQuery {
  readonly page?: number | undefined
  readonly size?: number | undefined
  readonly isComponent?: boolean | undefined
  readonly search?: string | undefined
}

export interface ProjectFlows {
  readonly total: number
  readonly items: readonly FlowRecord[]
}
