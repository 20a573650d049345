import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { publicationQuery } from '../api/publications.ts'
import { Button } from '../ui/button.tsx'
import { Menu } from '../ui/menu.tsx'
import { usePlayground, usePlaygroundState } from './playground-context.tsx'

/** Who answers: the draft on the canvas, or a version that was published. Nothing where there is no version. */
export function VersionMenu(): ReactNode {
  const { t } = useTranslation('playground')
  const playground = usePlayground()
  const version = usePlaygroundState((state) => state.version)
  const isBusy = usePlaygroundState((state) => state.isBusy)
  const { data: publication } = useQuery(publicationQuery(playground.backend.flowId))
  if (!publication) return null
  const nameOf = (number: number | undefined): string =>
    number === undefined ? t('version.draft') : t('version.number', { number })
  const item = (number: number | undefined, label = nameOf(number)) => ({
    label,
    checked: number === version,
    testId: `chat-with-${number ?? 'draft'}`,
    onSelect: () => playground.setVersion(number),
  })
  return (
    <Menu
      items={[
        item(undefined),
        'separator',
        ...publication.versions.map((one) =>
          item(one.version, one.note ? `${nameOf(one.version)} · ${one.note}` : nameOf(one.version)),
        ),
      ]}
    >
      <Button size="sm" look="ghost" disabled={isBusy} data-testid="chat-version" aria-label={t('version.label')}>
        {nameOf(version)}
        <ChevronDown size={12} />
      </Button>
    </Menu>
  )
}
