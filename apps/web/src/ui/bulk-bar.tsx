import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'

export interface BulkBarProps {
  /** Nothing is shown for none. */
  readonly count: number
  readonly label: string
  readonly onClear: () => void
  /** The buttons. */
  readonly children: ReactNode
}

/** A bar over the foot of a list, with what can be done with all selected entries at once. */
export function BulkBar({ count, label, onClear, children }: BulkBarProps): ReactNode {
  const { t } = useTranslation('common')
  if (count === 0) return null
  return (
    <div
      role="toolbar"
      aria-label={label}
      className="sticky bottom-4 z-20 mx-auto mt-4 flex w-fit items-center gap-2 rounded-lg border border-border bg-surface p-2 pl-4 shadow-3"
    >
      <span className="mr-2 font-medium text-sm" aria-live="polite">
        {t('selected', { count })}
      </span>
      {children}
      <IconButton label={t('clearSelection')} onClick={onClear}>
        <X size={16} />
      </IconButton>
    </div>
  )
}
