import { ClientError } from '@runnel/client'
import { type FlowRead, readFlow } from '@runnel/protocol/flows'
import { client } from '../../api/client.ts'
import { isBegunHere, unstoredFlow } from '../../flows/new-flow.ts'

/**
 * The flow of that id. One that is new in a project need not be on the server: then it is empty and called `name`, also
 * after a reload of its page.
 */
export async function readOrBegin(flowId: string, newIn: string | undefined, name: string): Promise<FlowRead> {
  if (newIn !== undefined && isBegunHere(flowId)) return unstoredFlow(flowId, name, newIn)
  try {
    return await client.call(readFlow, { params: { flow_id: flowId } })
  } catch (error) {
    if (newIn === undefined || !(error instanceof ClientError) || error.status !== 404) throw error
    return unstoredFlow(flowId, name, newIn)
  }
}
