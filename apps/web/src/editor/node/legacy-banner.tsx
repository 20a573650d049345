import { X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { useCatalogue, useEditorState, useWorkspace } from '../editor-context.tsx'
import { type ComponentNode, nodeOf } from '../model/flow-document.ts'
import { addComponent } from '../sidebar/add-component.ts'
import { NodeButton } from './node-button.tsx'
import { replacementsOf } from './node-parts.ts'

/** Says that a component is an older one, and puts what takes its place beside it. */
export function LegacyBanner({ nodeId, node }: { readonly nodeId: string; readonly node: ComponentNode }): ReactNode {
  const { t } = useTranslation('fields')
  const workspace = useWorkspace()
  const catalogue = useCatalogue()
  const isLocked = useEditorState((state) => state.isLocked)
  const [isDismissed, setDismissed] = useState(false)
  if (isDismissed) return null
  const entries = replacementsOf(node).flatMap((type) => catalogue.find(type) ?? [])
  return (
    <div
      className="mb-2 flex items-start gap-2 bg-warning-soft px-3 py-1.5 text-warning text-xs"
      data-testid="legacy-banner"
    >
      <span className="flex-1">
        {entries.length === 0 ? t('node.noReplacement') : t('node.replacement')}
        {entries.map((entry) => (
          <button
            key={entry.type}
            type="button"
            disabled={isLocked}
            className="nodrag ml-1 min-h-6 font-medium underline"
            onClick={() => {
              const position = nodeOf(workspace.editor.getDocument(), nodeId)?.position ?? { x: 0, y: 0 }
              addComponent(workspace, entry, { x: position.x + 360, y: position.y })
            }}
          >
            {componentText(entry.component.display_name)}
          </button>
        ))}
      </span>
      <NodeButton label={t('dismiss')} className="nodrag -my-1" onClick={() => setDismissed(true)}>
        <X size={12} />
      </NodeButton>
    </div>
  )
}
