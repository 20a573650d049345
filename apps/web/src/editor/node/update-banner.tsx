import { CircleArrowUp, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import { type ComponentUpdate, isBreaking } from '../updates/component-updates.ts'
import { useUpdate } from '../updates/use-update.ts'
import { NodeButton } from './node-button.tsx'

/** Says that the component of a node has a newer form. One that would cost an edge is reviewed first. */
export function UpdateBanner({ nodeId }: { readonly nodeId: string }): ReactNode {
  const { updates } = useWorkspace()
  const update = useStore(updates.store, (found) => found.get(nodeId))
  return update ? <Banner update={update} /> : null
}

function Banner({ update }: { readonly update: ComponentUpdate }): ReactNode {
  const { t } = useTranslation('workspace')
  const { updates, ui } = useWorkspace()
  const run = useUpdate()
  const isLocked = useEditorState((state) => state.isLocked)
  const breaks = useEditorState((state) => isBreaking(state.document, update))
  if (isLocked) return null
  const { nodeId } = update
  return (
    <div
      className={`mb-2 flex items-center gap-2 px-3 py-1 text-xs ${breaks ? 'bg-warning-soft text-warning' : 'bg-info-soft text-info'}`}
      data-testid="update-banner"
    >
      <CircleArrowUp size={13} className="shrink-0" />
      <span className="flex-1">{t(breaks ? 'updates.nodeBreaking' : 'updates.nodeReady')}</span>
      <button
        type="button"
        className="nodrag min-h-6 font-medium underline"
        data-testid={breaks ? 'review-button' : 'update-button'}
        onClick={() => (breaks ? ui.setState({ dialog: 'updates' }) : run([nodeId]))}
      >
        {t(breaks ? 'updates.nodeReview' : 'updates.nodeUpdate')}
      </button>
      <NodeButton label={t('updates.dismiss')} className="nodrag" onClick={() => updates.dismiss([nodeId])}>
        <X size={12} />
      </NodeButton>
    </div>
  )
}
