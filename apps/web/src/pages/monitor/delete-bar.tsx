import { Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BulkBar } from '../../ui/bulk-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { remove } from '../../ui/remove.ts'

export interface DeleteBarProps {
  /** What is selected; nothing is shown for none. */
  readonly ids: ReadonlySet<string>
  /** What they are. */
  readonly kind: 'runs' | 'messages'
  readonly perform: (ids: string[]) => Promise<unknown>
  /** Reads the list anew. */
  readonly changed: () => Promise<unknown>
  readonly onClear: () => void
}

/** Deletes all selected records of a list, once that is confirmed. */
export function DeleteBar({ ids, kind, perform, changed, onClear }: DeleteBarProps): ReactNode {
  const { t } = useTranslation('monitor')
  const count = ids.size
  async function removeAll(): Promise<void> {
    const outcome = await remove({
      title: t(`${kind}.remove`, { count }),
      text: t(`${kind}.removeText`),
      confirm: t(`${kind}.removeConfirm`, { count }),
      done: t(`${kind}.removed`, { count }),
      failed: t('failed'),
      perform: () => perform([...ids]),
    })
    if (outcome === 'declined') return
    if (outcome === 'done') onClear()
    await changed()
  }
  return (
    <BulkBar count={count} label={t(`${kind}.bulk`)} onClear={onClear}>
      <Button look="danger" onClick={() => void removeAll()}>
        <Trash2 size={14} />
        {t('delete')}
      </Button>
    </BulkBar>
  )
}
