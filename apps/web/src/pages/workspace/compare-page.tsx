import { readFlow } from '@runnel/protocol/flows'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { GitCompare } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { isFlowGone } from '../../api/flow-gone.ts'
import { publicationQuery } from '../../api/publications.ts'
import { ChangeList } from '../../editor/versions/change-list.tsx'
import { flowChanges } from '../../editor/versions/flow-changes.ts'
import { DRAFT, flowVersionsQuery, publishedRef, versionDocumentQuery } from '../../editor/versions/version-document.ts'
import { useComponentText } from '../../i18n/component-text.ts'
import { Page } from '../../ui/page.tsx'
import { Select } from '../../ui/select.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/status.tsx'
import { Switch } from '../../ui/switch.tsx'

/** What differs between two versions of a flow, kept or published, or one and the draft. */
export function ComparePage(): ReactNode {
  const { t } = useTranslation('workspace')
  useComponentText()
  const { flowId } = useParams({ from: '/signed-in/shell/flow/$flowId/versions/compare' })
  const asked = useSearch({ from: '/signed-in/shell/flow/$flowId/versions/compare' })
  const navigate = useNavigate()
  const [hasMoves, setHasMoves] = useState(false)
  const flow = useQuery({
    queryKey: ['flow', flowId, 'view'],
    queryFn: () => client.call(readFlow, { params: { flow_id: flowId } }),
    throwOnError: isFlowGone,
  })
  const kept = useQuery(flowVersionsQuery(flowId))
  const published = useQuery(publicationQuery(flowId))
  const options = [
    { value: DRAFT, label: t('compare.draft') },
    ...(kept.data?.entries ?? []).map(({ id, version_tag, description }) => ({
      value: id,
      label: description ? `${version_tag} · ${description}` : version_tag,
    })),
    ...(published.data?.versions ?? []).map(({ version }) => ({
      value: publishedRef(version),
      label: t('compare.published', { version }),
    })),
  ]
  const to = asked.to ?? DRAFT
  const from = asked.from ?? options.find(({ value }) => value !== to)?.value
  const before = useQuery({ ...versionDocumentQuery(flowId, from ?? DRAFT), enabled: from !== undefined })
  const after = useQuery(versionDocumentQuery(flowId, to))
  const changes = useMemo(
    () => (before.data && after.data ? flowChanges(before.data, after.data) : undefined),
    [before.data, after.data],
  )
  const shown = changes && { ...changes, nodes: changes.nodes.filter(({ kind }) => hasMoves || kind !== 'moved') }
  const choose = (search: { readonly from?: string; readonly to?: string }): void =>
    void navigate({
      to: '/flow/$flowId/versions/compare',
      params: { flowId },
      search: { ...(from !== undefined && { from }), to, ...search },
      replace: true,
    })
  const failed = [flow, kept, published, before, after].find(({ error }) => error)
  const hasNothing = from === undefined && kept.isSuccess && published.isSuccess
  return (
    <Page
      title={t('compare.title')}
      description={flow.data?.name}
      testId="compare-title"
      actions={
        <Link
          to="/flow/$flowId"
          params={{ flowId }}
          search={{ panel: 'versions' }}
          className="inline-flex h-8 items-center rounded-md border border-border px-3 font-medium text-sm hover:bg-surface-hover"
        >
          {t('versions.back')}
        </Link>
      }
    >
      <div className="flex flex-col gap-4 pb-6">
        {hasNothing ? null : (
          <div className="flex flex-wrap items-center gap-2 text-sm">
            <Select
              label={t('compare.from')}
              value={from ?? ''}
              options={options}
              onChange={(value) => choose({ from: value })}
              testId="compare-from"
            />
            <span aria-hidden="true">→</span>
            <Select
              label={t('compare.to')}
              value={to}
              options={options}
              onChange={(value) => choose({ to: value })}
              testId="compare-to"
            />
            <span className="ml-auto flex items-center gap-2">
              <span aria-hidden="true">{t('compare.moves')}</span>
              <Switch checked={hasMoves} onChange={setHasMoves} label={t('compare.moves')} testId="compare-moves" />
            </span>
          </div>
        )}
        {hasNothing ? <EmptyState icon={<GitCompare />} title={t('versions.none')} /> : null}
        {failed ? <ErrorState error={failed.error} onRetry={() => void failed.refetch()} /> : null}
        {!shown && !failed && !hasNothing ? <Skeleton className="h-40" /> : null}
        {shown && shown.nodes.length + shown.edges.length === 0 ? (
          <p className="text-sm text-text-muted">{t('compare.same')}</p>
        ) : null}
        {shown ? <ChangeList changes={shown} /> : null}
      </div>
    </Page>
  )
}
