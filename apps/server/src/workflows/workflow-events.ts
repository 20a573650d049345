import type { Graph } from '@runnel/engine/graph'
import type { RunEvent } from '@runnel/engine/run-event'
import type { JsonObject } from '@runnel/protocol/json'
import { nodeType } from './node-type.ts'
import type { WorkflowFailure } from './workflow-errors.ts'

/** What keeps a silent stream alive. */
export const KEEP_ALIVE = ':\n\n'

/** An event in FlowAI's form: nothing between a colon and what follows it, JSON on one line. */
const record = (event: string, data: unknown) => `event:${event}\ndata:${JSON.stringify(data)}\n\n`

/** The records of one run, made from what happens in it. Keys stand in the order FlowAI documents. */
export function createWorkflowEvents(graph: Graph, input: JsonObject) {
  const startedAt = new Map<string, number>()
  const nodeOf = (id: string) => graph.nodes[graph.indexById.get(id) ?? -1]
  const facts = (id: string) => {
    const node = nodeOf(id)
    return node ? `${node.displayName}, type ${nodeType(node)}` : id
  }
  const message = (id: string, text: string, type: string, data: unknown) =>
    record('msg', { Node: id, Msg: text, Type: type, Data: data })
  const seconds = (id: string) => (performance.now() - (startedAt.get(id) ?? performance.now())) / 1000

  return {
    /** The record of an event; undefined for what callers are not told. */
    of(event: RunEvent): string | undefined {
      switch (event.type) {
        case 'run-start':
          return message(graph.nodes.find(({ role }) => role === 'input')?.id ?? '', 'start', 'start', input)
        case 'node-start':
          startedAt.set(event.nodeId, performance.now())
          return message(event.nodeId, `Start node ${facts(event.nodeId)}`, 'start_node', null)
        case 'node-end': {
          const { nodeId, result } = event
          // Events of quick nodes come together; what slow ones took is known in milliseconds.
          const spent = Math.max(seconds(nodeId), result.durationMs / 1000)
          return message(nodeId, `Finish node ${facts(nodeId)}`, 'finish_node', { time_spend: spent })
        }
        case 'message-delta':
          return record('stream', { Content: event.text, Node: event.nodeId, Reasoning: null })
        case 'reasoning-delta':
          return record('stream', { Content: '', Node: event.nodeId, Reasoning: event.text })
        case 'message-add':
        case 'message-remove':
        case 'node-error':
        case 'tool-start':
        case 'tool-end':
        case 'approval-ask':
        case 'approval-end':
        case 'run-end':
          return undefined
        default:
          return event satisfies never
      }
    },
    /** The last record of a run that succeeded. */
    output: (output: unknown, totalTime: number): string => record('output', { output, total_time: totalTime }),
    /** The last record of a run that failed. */
    error({ code, message: text }: WorkflowFailure, node: string | undefined, totalTime: number): string {
      const spent = node === undefined ? totalTime : seconds(node)
      const cause = code === 'run_failed' && node !== undefined ? 'node_failed' : code
      return record('error', { Node: node ?? null, Msg: text, Type: 'error', Data: { code: cause, time_spend: spent } })
    },
  }
}
