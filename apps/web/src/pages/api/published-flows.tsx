import type { Publication } from '@runnel/protocol/publications'
import { useQuery } from '@tanstack/react-query'
import { CloudUpload } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { publicationsQuery } from '../../api/publications.ts'
import { useListState } from '../../app/list-state.ts'
import { CallPanel } from '../../publications/call-panel.tsx'
import { useCallKind } from '../../publications/calling-code-view.tsx'
import { ServingForm } from '../../publications/serving-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { EmptyState, ErrorState, TableSkeleton } from '../../ui/status.tsx'
import { Head, HeadRow, Table } from '../../ui/table.tsx'
import { type PublishedPart, PublishedRow } from './published-row.tsx'
import { VersionsDialog } from './versions-dialog.tsx'

const DEFAULTS = { q: '', page: '1', size: '24' }

/** The published flows, and what callers of them need. */
export function PublishedFlows(): ReactNode {
  const { t } = useTranslation('api')
  const [state, setState] = useListState(DEFAULTS)
  const [page, size, search] = [Number(state.page) || 1, Number(state.size) || 24, state.q.trim()]
  const { data, isPending, error, refetch } = useQuery(publicationsQuery({ page, size, ...(search && { search }) }))
  const [kind, setKind] = useCallKind()
  const [opened, setOpened] = useState<{ readonly what: PublishedPart; readonly flow: Publication }>()
  const flows = data?.items ?? []
  const close = (): void => setOpened(undefined)
  return (
    <>
      <SearchInput
        value={state.q}
        onChange={(q) => setState({ q, page: '1' })}
        label={t('published.search')}
        className="mb-3 max-w-md"
      />
      {isPending ? <TableSkeleton /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data && flows.length === 0 ? (
        <EmptyState
          icon={<CloudUpload size={32} />}
          title={search ? t('published.noneMatch') : t('published.none')}
          hint={search ? undefined : t('published.noneHint')}
        />
      ) : null}
      {flows.length > 0 ? (
        <Table label={t('tabs.published')}>
          <HeadRow>
            <Head>{t('published.flow')}</Head>
            <Head>{t('published.status')}</Head>
            <Head>{t('published.today')}</Head>
            <Head className="max-xl:hidden">{t('published.lastCall')}</Head>
            <Head label={t('actions')} />
          </HeadRow>
          <tbody>
            {flows.map((flow) => (
              <PublishedRow
                key={flow.flow_id}
                flow={flow}
                kind={kind}
                onKind={setKind}
                onOpen={(what) => setOpened({ what, flow })}
              />
            ))}
          </tbody>
        </Table>
      ) : null}
      {data && data.total > size ? <Pagination page={page} size={size} total={data.total} onChange={setState} /> : null}
      {opened?.what === 'call' ? (
        <Dialog open onOpenChange={close} title={t('call.title', { name: opened.flow.name })} width="lg">
          <CallPanel flow={opened.flow} />
        </Dialog>
      ) : null}
      {opened?.what === 'serving' ? (
        <Dialog open onOpenChange={close} title={t('serving.title', { name: opened.flow.name })}>
          <ServingForm flow={opened.flow} />
        </Dialog>
      ) : null}
      {opened?.what === 'versions' ? <VersionsDialog flow={opened.flow} onClose={close} /> : null}
    </>
  )
}
