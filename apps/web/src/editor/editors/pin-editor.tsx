import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { notify } from '../../ui/notifications.tsx'
import { pinOutputs } from '../commands/pin-outputs.ts'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import { nodeOf } from '../model/flow-document.ts'
import { JsonEditor } from './json-editor.tsx'

/** The values pinned to the outputs of a node, by output, to be written by hand. */
export function PinEditor({ nodeId, onClose }: { readonly nodeId: string; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('workspace')
  const { editor } = useWorkspace()
  const node = useEditorState((state) => nodeOf(state.document, nodeId)?.data.node)
  const isLocked = useEditorState((state) => state.isLocked)
  if (!node) return null
  const empty = Object.fromEntries((node.outputs ?? []).map(({ name }) => [name, '']))
  const save = (value: unknown): void => {
    if (isPins(value)) editor.apply(pinOutputs, { nodeId, outputs: value })
    else notify('error', t('pin.notByOutput'))
  }
  return (
    <JsonEditor
      title={t('pin.title', { name: componentText(node.display_name) })}
      value={node.pinned_outputs ?? empty}
      isDisabled={isLocked}
      onSave={save}
      onClose={onClose}
    />
  )
}

const isPins = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
