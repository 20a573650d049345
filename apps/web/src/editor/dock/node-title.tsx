import type { ReactNode } from 'react'
import { useComponentText } from '../../i18n/component-text.ts'
import { useEditorState } from '../editor-context.tsx'
import { nodeTitle } from '../model/groups.ts'

/** What a node that ran is called, wherever it stands. */
export function NodeTitle({ nodeId }: { readonly nodeId: string }): ReactNode {
  useComponentText()
  return useEditorState(({ document }) => nodeTitle(document, nodeId))
}
