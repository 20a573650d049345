import { RotateCcw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listed } from '../../i18n/listed.ts'
import { Button } from '../../ui/button.tsx'
import { absoluteTime } from '../../ui/time.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { type Draft, dropDraft } from '../saving/local-draft.ts'

/** Offers what an earlier tab could not save. */
export function DraftBar({
  draft,
  onRestore,
}: {
  readonly draft: Draft
  readonly onRestore: (draft: Draft) => void
}): ReactNode {
  const { t, i18n } = useTranslation('editor')
  const { flowId } = useWorkspace()
  const [isDone, setDone] = useState(false)
  if (isDone) return null
  const time = absoluteTime(draft.at, i18n.language)
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center justify-center gap-3 bg-info-soft px-4 py-1.5 text-info text-sm"
    >
      <RotateCcw size={14} />
      <span>
        {t('draft.found', { time })}
        {draft.lostSecrets.length > 0 ? ` ${t('draft.secrets', { fields: listed(draft.lostSecrets) })}` : ''}
      </span>
      <Button
        size="sm"
        look="primary"
        data-testid="restore-draft"
        onClick={() => {
          onRestore(draft)
          setDone(true)
        }}
      >
        {t('draft.restore')}
      </Button>
      <Button
        size="sm"
        onClick={() => {
          void dropDraft(flowId)
          setDone(true)
        }}
      >
        {t('draft.discard')}
      </Button>
    </div>
  )
}
