import { listProjectMembers } from '@runnel/protocol/project-members'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

/** Who a project is shared with, whoever made it first. */
export const membersQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['members', projectId],
    queryFn: ({ signal }) => client.call(listProjectMembers, { params: { project_id: projectId }, signal }),
  })

/** To be called after somebody was added, removed or given another role. */
export const membersChanged = (projectId: string): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: ['members', projectId] })
