import { CircleArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { Button } from '../../ui/button.tsx'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import { useFromFlow } from '../from-flow.ts'
import { isBreaking } from './component-updates.ts'
import { useUpdate } from './use-update.ts'

/** Says how many components of the flow have newer forms, and updates them. */
export function UpdatesBar(): ReactNode {
  const { updates } = useWorkspace()
  const isLocked = useEditorState((state) => state.isLocked)
  const count = useStore(updates.store, (found) => found.size)
  return count > 0 && !isLocked ? <Bar count={count} /> : null
}

function Bar({ count }: { readonly count: number }): ReactNode {
  const { t } = useTranslation('workspace')
  const { updates, ui } = useWorkspace()
  const update = useUpdate()
  const found = useStore(updates.store)
  const isAnyBreaking = useFromFlow((document) => [...found.values()].some((one) => isBreaking(document, one)))
  const ids = [...found.keys()]
  return (
    <section
      aria-label={t('updates.label')}
      data-testid="updates-bar"
      className="flex w-max max-w-full items-center gap-3 rounded-md border border-border bg-surface px-3 py-2 text-sm shadow-2"
    >
      <CircleArrowUp size={16} className="shrink-0 text-info" />
      <span>{t('updates.available', { count })}</span>
      <Button size="sm" look="ghost" onClick={() => updates.dismiss(ids)}>
        {t('updates.dismissAll')}
      </Button>
      {isAnyBreaking ? null : (
        <Button size="sm" onClick={() => update(ids)} data-testid="update-all-button">
          {t('updates.updateAll')}
        </Button>
      )}
      <Button
        size="sm"
        look={isAnyBreaking ? 'primary' : 'secondary'}
        onClick={() => ui.setState({ dialog: 'updates' })}
        data-testid="review-all-button"
      >
        {t(isAnyBreaking ? 'updates.reviewAll' : 'updates.review')}
      </Button>
    </section>
  )
}
