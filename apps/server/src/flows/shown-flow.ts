import type { ProjectRole } from '@runnel/protocol/roles'
import type { UserRecord } from '@runnel/storage/records'
import { removeSecrets } from './flow-graph.ts'
import { versionToken } from './version-token.ts'

/** Whose flow is read, and by whom. */
export interface Reader {
  readonly user: Pick<UserRecord, 'id' | 'username'>
  readonly author: Pick<UserRecord, 'id'>
  readonly role: ProjectRole
}

/** What is said of a flow to members of its project. */
export interface SharedAs {
  readonly ownerName: string
  readonly role: ProjectRole
  /** Names the graph with its secrets, as it is stored. */
  readonly token: string
}

/** Whether somebody acts for the user who is not the user: a member of a project of theirs. */
export const isMember = ({ user, author }: Pick<Reader, 'user' | 'author'>): boolean => user.id !== author.id

/** A graph as members of the project may see it, as JSON text. */
export function withoutSecrets(data: string | null): string | null {
  if (data === null) return null
  const graph: unknown = JSON.parse(data)
  removeSecrets(graph)
  return JSON.stringify(graph)
}

/** A flow as its reader may see it: who has not made it sees none of the secrets in its fields. */
export function shownTo<Flow extends { readonly id: string; readonly data: string | null }>(
  reader: Reader,
  flow: Flow,
): Flow & Partial<SharedAs> {
  if (!isMember(reader)) return flow
  const { user, role } = reader
  return { ...flow, data: withoutSecrets(flow.data), ownerName: user.username, role, token: versionToken(flow) }
}
