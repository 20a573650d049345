import { Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** Says that the server has no component for a node, which stands there with all it holds. */
export function UnknownBanner({ type }: { readonly type: string }): ReactNode {
  const { t } = useTranslation('workspace')
  return (
    <p className="mb-2 flex items-start gap-2 px-3 text-text-muted text-xs" data-testid="unknown-banner">
      <Unplug size={13} className="mt-0.5 shrink-0" />
      <span className="wrap-anywhere">{t('placeholder.text', { type })}</span>
    </p>
  )
}
