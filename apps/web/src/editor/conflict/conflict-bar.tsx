import type { FlowRead } from '@runnel/protocol/flows'
import { TriangleAlert } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { Button } from '../../ui/button.tsx'
import { lazily } from '../../ui/lazily.ts'
import type { FlowSync } from '../saving/flow-sync.ts'

const ConflictDialog = lazily(async () => (await import('./conflict-dialog.tsx')).ConflictDialog)

/** Two changed the same thing: asks which of them holds; who puts it off is reminded by a bar. */
export function ConflictBar({ sync, flow }: { readonly sync: FlowSync; readonly flow: FlowRead }): ReactNode {
  const { t } = useTranslation('editor')
  const conflict = useStore(sync.store, (state) => state.conflict)
  const [putOff, setPutOff] = useState<typeof conflict>()
  if (!conflict) return null
  if (conflict !== putOff) {
    return (
      <Suspense fallback={null}>
        <ConflictDialog conflict={conflict} flow={flow} onLater={() => setPutOff(conflict)} />
      </Suspense>
    )
  }
  return (
    <div
      role="alert"
      data-testid="conflict-bar"
      className="flex flex-wrap items-center justify-center gap-3 bg-warning-soft px-4 py-1.5 text-sm text-warning"
    >
      <TriangleAlert size={14} className="shrink-0" />
      {t('conflict.waiting')}
      <Button size="sm" look="primary" onClick={() => setPutOff(undefined)}>
        {t('conflict.review')}
      </Button>
    </div>
  )
}
