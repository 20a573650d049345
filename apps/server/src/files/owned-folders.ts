import type { Storage } from '@runnel/storage/open-storage'
import type { FileStore } from './file-store.ts'
import { leavingMark } from './marks.ts'

type Folders = Pick<FileStore, 'hasFolder' | 'mark' | 'removeFolder' | 'unmark'>

/** The same storage, whose flows and users take their files along when they are removed. */
export function withOwnedFolders(storage: Storage, store: Folders): Storage {
  const { flows, projects, users } = storage

  /** Folders are marked first: after a crash or failure in between, `recoverFiles` ends what was begun. */
  async function leaving<Result>(ids: readonly string[], remove: () => Promise<Result>): Promise<Result> {
    const held: string[] = []
    for (const id of new Set(ids)) if (await store.hasFolder(id)) held.push(id)
    if (held.length === 0) return remove()
    const marks = held.map(leavingMark)
    await store.mark(...marks)
    const result = await remove()
    const owners = await storage.files.owners(held)
    for (const id of held) if (!owners.has(id)) await store.removeFolder(id)
    await store.unmark(...marks)
    return result
  }

  const idsOf = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id)
  return {
    ...storage,
    flows: {
      ...flows,
      remove: (userId, ids) => leaving(ids, () => flows.remove(userId, ids)),
    },
    projects: {
      ...projects,
      remove: async (userId, id) =>
        leaving(idsOf(await flows.headers(userId, { projectId: id })), () => projects.remove(userId, id)),
    },
    users: {
      ...users,
      remove: async (id) => leaving([id, ...idsOf(await flows.headers(id))], () => users.remove(id)),
    },
  }
}
