import { useCallback } from 'react'
import { useActions } from '../actions/use-actions.tsx'
import { useWorkspace } from '../editor-context.tsx'

/** Selects a node and brings it into view. */
export function useGoToNode(): (nodeId: string) => void {
  const { editor } = useWorkspace()
  const { context } = useActions()
  return useCallback(
    (nodeId) => {
      editor.select({ nodes: new Set([nodeId]), edges: new Set() })
      context.view.fit([nodeId])
    },
    [editor, context],
  )
}
