import type { Storage } from '@runnel/storage/open-storage'
import type { AlertRecord } from '@runnel/storage/records'

/** The name of the flow or project an alert watches; undefined for all runs of its user. */
export async function scopeName(
  { flows, projects }: Pick<Storage, 'flows' | 'projects'>,
  { userId, flowId, projectId }: AlertRecord,
): Promise<string | undefined> {
  if (flowId !== null) return (await flows.find(userId, flowId))?.name
  if (projectId !== null) return (await projects.find(userId, projectId))?.name
  return undefined
}
