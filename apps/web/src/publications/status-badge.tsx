import type { Publication } from '@runnel/protocol/publications'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../ui/status.tsx'

const TONES = { published: 'success', outdated: 'warning', unpublished: 'neutral' } as const

/** Whether a flow answers calls, and whether its draft has gone on since. */
export function PublicationBadge({ status }: Pick<Publication, 'status'>): ReactNode {
  const { t } = useTranslation('api')
  return <Badge tone={TONES[status]}>{t(`status.${status}`)}</Badge>
}
