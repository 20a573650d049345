import { useMemo } from 'react'
import { useEditorState } from '../editor-context.tsx'
import { connectionsOf } from '../model/connections.ts'
import type { FlowEdge } from '../model/flow-document.ts'

export interface Connected {
  readonly fields: ReadonlySet<string>
  readonly outputs: ReadonlySet<string>
}

/** The fields and outputs of a node that have edges; the same sets until they are others. */
export function useConnected(nodeId: string): Connected {
  const fields = useEditorState((state) => connectionsOf(state.document.edges).fields.get(nodeId) ?? '')
  const outputs = useEditorState((state) => connectionsOf(state.document.edges).outputs.get(nodeId) ?? '')
  return useMemo(() => ({ fields: setOf(fields), outputs: setOf(outputs) }), [fields, outputs])
}

/** The fields and outputs of a node that have edges, of a list of edges. */
export function connectedIn(edges: readonly FlowEdge[], nodeId: string): Connected {
  const { fields, outputs } = connectionsOf(edges)
  return { fields: setOf(fields.get(nodeId) ?? ''), outputs: setOf(outputs.get(nodeId) ?? '') }
}

const setOf = (names: string): ReadonlySet<string> => new Set(names === '' ? [] : names.split('\n'))
