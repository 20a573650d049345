import { queryClient } from '../../api/client.ts'
import { sessionQuery } from '../../api/session.ts'

/**
 * The name under which this browser keeps something of a flow for who is signed in: whoever signs in next finds nothing
 * there. It is to be asked for while the session lasts.
 */
export function keptUnder(kind: 'draft' | 'history', flowId: string): string {
  const user = queryClient.getQueryData(sessionQuery.queryKey)?.user
  return `runnel.${kind}.${user?.id ?? ''}.${flowId}`
}
