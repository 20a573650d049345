import { type FlowHeaderRead, listFlows, readFlow } from '@runnel/protocol/flows'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

/** Flows without their graphs, the oldest first: of one project, or all. Saved components are among them. */
export const flowHeadersQuery = (projectId?: string) =>
  queryOptions({
    queryKey: ['flows', 'headers', projectId ?? 'all'],
    queryFn: async ({ signal }): Promise<readonly FlowHeaderRead[]> => {
      const query = { header_flows: true, get_all: true, ...(projectId !== undefined && { folder_id: projectId }) }
      const answer = await client.call(listFlows, { query, signal })
      return Array.isArray(answer) ? answer : answer.items
    },
  })

/** One flow with its graph. */
export const flowQuery = (flowId: string) =>
  queryOptions({
    queryKey: ['flow', flowId],
    queryFn: ({ signal }) => client.call(readFlow, { params: { flow_id: flowId }, signal }),
  })

/** To be called after flows were made, changed, moved or deleted. */
export const flowsChanged = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['flows'] })
