import { createOverlay, inputNodes, outputNodes, startNode } from '@runnel/engine/run-inputs'
import type { RunRequest } from '@runnel/engine/run-scope'
import type { RunJob } from '@runnel/storage/run-records'
import type { LoadedFlow } from '../runs/flow-loader.ts'

/**
 * The run of a webhook: it begins at the first webhook, the body of the request goes into the field
 * `data` of every node whose id names a webhook, and the conversation is the flow's own.
 */
export function toWebhookRun(
  { id: flowId, ownerId, graph }: LoadedFlow,
  { id: runId, payload }: Pick<RunJob, 'id' | 'payload'>,
  environmentFallback: boolean,
): RunRequest {
  const hooks = graph.nodes.filter(({ id }) => id.includes('Webhook'))
  const tweaks = Object.fromEntries(hooks.map(({ id }) => [id, { data: payload.body }]))
  const start = startNode(graph)
  return {
    runId,
    flowId,
    userId: ownerId,
    sessionId: flowId,
    sessionFields: 'all',
    inputValues: new Map(inputNodes(graph, 'chat').map(({ index }) => [index, ''])),
    inputFiles: [],
    overlay: createOverlay(graph, tweaks, false),
    requestVariables: new Map(),
    environmentFallback,
    ...(start !== undefined && { start, also: outputNodes(graph, 'chat').map(({ index }) => index) }),
    failFast: true,
    cacheAll: false,
  }
}
