import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import { Select } from './select.tsx'

export const PAGE_SIZES = ['12', '24', '48', '96'] as const

export interface PaginationProps {
  readonly total: number
  /** From 1. */
  readonly page: number
  readonly size: number
  readonly onChange: (change: { readonly page?: string; readonly size?: string }) => void
}

/** Which part of a list is shown, and the way to the next. */
export function Pagination({ total, page, size, onChange }: PaginationProps): ReactNode {
  const { t } = useTranslation('common')
  const pages = Math.max(1, Math.ceil(total / size))
  const from = (page - 1) * size
  return (
    <nav aria-label={t('pages.label')} className="flex items-center justify-end gap-2 py-4 text-sm text-text-muted">
      <Select
        label={t('pages.size')}
        value={String(size)}
        options={PAGE_SIZES.map((value) => ({ value, label: t('pages.perPage', { size: value }) }))}
        onChange={(chosen) => onChange({ size: chosen, page: '1' })}
      />
      <span className="px-2">{t('pages.range', { from: from + 1, to: Math.min(total, from + size), total })}</span>
      <IconButton label={t('pages.before')} disabled={page <= 1} onClick={() => onChange({ page: String(page - 1) })}>
        <ChevronLeft size={16} />
      </IconButton>
      <IconButton
        label={t('pages.after')}
        disabled={page >= pages}
        onClick={() => onChange({ page: String(page + 1) })}
      >
        <ChevronRight size={16} />
      </IconButton>
    </nav>
  )
}
