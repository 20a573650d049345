import { ClientError } from '@runnel/client'
import { type PublishedVersion, type readPublication, rollbackPublication } from '@runnel/protocol/publications'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RotateCcw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { client } from '../api/client.ts'
import { publicationDifferenceQuery, publicationsChanged } from '../api/publications.ts'
import { DRAFT, publishedRef } from '../editor/versions/version-document.ts'
import { Button } from '../ui/button.tsx'
import { confirm } from '../ui/confirm.tsx'
import { notify, notifyError } from '../ui/notifications.tsx'
import { Select } from '../ui/select.tsx'
import { Badge, ErrorState, Skeleton } from '../ui/status.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import { BreakingList, DifferenceList } from './difference-list.tsx'
import { refusalOf } from './refusal.ts'
import { unpublish } from './unpublish.ts'

type PublicationWithVersions = NonNullable<z.output<(typeof readPublication)['response']>>

export interface VersionsPanelProps {
  readonly publication: PublicationWithVersions
  /** Gives the open draft the content of a version; where there is none open, this is not offered. */
  readonly onRestore?: (version: number) => void
}

/** The versions of a published flow: what differs between two, roll back, take it back. */
export function VersionsPanel({ publication, onRestore }: VersionsPanelProps): ReactNode {
  const { t } = useTranslation('api')
  const { flow_id, versions, status } = publication

  async function rollBack(version: number): Promise<void> {
    const title = t('versions.rollbackTitle', { version })
    if (!(await confirm({ title, text: t('versions.rollbackText'), confirm: t('versions.rollback') }))) return
    const perform = (accept_breaking: boolean) =>
      client.call(rollbackPublication, { params: { flow_id }, body: { version, accept_breaking } })
    try {
      const made = await perform(false).catch(async (error: unknown) => {
        const { breaking } = refusalOf(error)
        if (!(error instanceof ClientError && error.status === 409 && breaking)) throw error
        const yes = await confirm({
          title: t('publish.breaking'),
          text: <BreakingList changes={breaking} />,
          confirm: t('versions.rollback'),
          danger: true,
        })
        return yes ? perform(true) : undefined
      })
      if (made) notify('success', t('versions.rolledBack', { version, made: made.version }))
    } catch (error) {
      notifyError(t('versions.rollbackFailed'), error)
    }
    await publicationsChanged()
  }

  return (
    <div className="flex flex-col gap-6">
      <Table label={t('publish.tabs.versions')}>
        <HeadRow>
          <Head>{t('versions.number')}</Head>
          <Head>{t('versions.time')}</Head>
          <Head>{t('versions.by')}</Head>
          <Head>{t('versions.note')}</Head>
          <Head label={t('actions')} />
        </HeadRow>
        <tbody>
          {versions.map((version) => (
            <VersionRow
              key={version.version}
              version={version}
              isLive={version.is_latest && status !== 'unpublished'}
              onRollBack={() => void rollBack(version.version)}
              onRestore={onRestore}
            />
          ))}
        </tbody>
      </Table>
      <Comparison publication={publication} />
      {status === 'unpublished' ? null : (
        <div className="flex justify-end">
          <Button look="danger" onClick={() => void unpublish(publication)} data-testid="unpublish">
            {t('unpublish.button')}
          </Button>
        </div>
      )}
    </div>
  )
}

interface VersionRowProps {
  readonly version: PublishedVersion
  readonly isLive: boolean
  readonly onRollBack: () => void
  readonly onRestore: ((version: number) => void) | undefined
}

function VersionRow({ version, isLive, onRollBack, onRestore }: VersionRowProps): ReactNode {
  const { t } = useTranslation('api')
  return (
    <Row data-testid={`version-${version.version}`}>
      <Cell className="whitespace-nowrap font-medium">
        v{version.version} {isLive ? <Badge tone="success">{t('versions.live')}</Badge> : null}
      </Cell>
      <Cell className="text-text-muted">
        <Time at={version.published_at} />
      </Cell>
      <Cell className="text-text-muted">{version.published_by}</Cell>
      <Cell className="wrap-anywhere min-w-40">
        {version.note}
        {version.restored_from === null ? null : (
          <span className="block text-text-muted text-xs">
            {t('versions.restoredFrom', { version: version.restored_from })}
          </span>
        )}
      </Cell>
      <Cell className="whitespace-nowrap text-right">
        {onRestore ? (
          <Button
            size="sm"
            look="ghost"
            onClick={() => onRestore(version.version)}
            data-testid={`restore-${version.version}`}
          >
            {t('versions.restore')}
          </Button>
        ) : null}
        {isLive ? null : (
          <Button size="sm" onClick={onRollBack} data-testid={`rollback-${version.version}`}>
            <RotateCcw size={13} />
            {t('versions.rollback')}
          </Button>
        )}
      </Cell>
    </Row>
  )
}

function Comparison({ publication }: { readonly publication: PublicationWithVersions }): ReactNode {
  const { t } = useTranslation('api')
  const numbers = publication.versions.map(({ version }) => version)
  const [from, setFrom] = useState(String(numbers[1] ?? numbers[0]))
  const [to, setTo] = useState(numbers.length > 1 ? String(numbers[0]) : DRAFT)
  const query = publicationDifferenceQuery(publication.flow_id, Number(from), to === DRAFT ? undefined : Number(to))
  const { data, isPending, error, refetch } = useQuery(query)
  const options = numbers.map((number) => ({ value: String(number), label: t('versions.version', { number }) }))
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-medium">{t('versions.compare')}</h3>
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <Select label={t('versions.from')} value={from} options={options} onChange={setFrom} testId="compare-from" />
        <span aria-hidden="true">→</span>
        <Select
          label={t('versions.to')}
          value={to}
          options={[...options, { value: DRAFT, label: t('versions.draft') }]}
          onChange={setTo}
          testId="compare-to"
        />
        <Link
          to="/flow/$flowId/versions/compare"
          params={{ flowId: publication.flow_id }}
          search={{ from: publishedRef(Number(from)), to: to === DRAFT ? DRAFT : publishedRef(Number(to)) }}
          className="ml-auto inline-flex min-h-6 items-center font-medium text-accent hover:underline"
          data-testid="compare-fields"
        >
          {t('versions.compareFields')}
        </Link>
      </div>
      {isPending ? <Skeleton className="h-16" /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? <DifferenceList changes={data.changes} /> : null}
      {data && data.breaking.length > 0 ? <BreakingList changes={data.breaking} /> : null}
    </section>
  )
}
