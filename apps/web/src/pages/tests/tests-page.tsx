import { createFlowTest, type FlowTestRead, runFlowTests } from '@runnel/protocol/flow-tests'
import { readFlow } from '@runnel/protocol/flows'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { FlaskConical, Play, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { isFlowGone } from '../../api/flow-gone.ts'
import { flowTestsChanged, flowTestsQuery, testRunsQuery } from '../../api/flow-tests.ts'
import { publicationQuery } from '../../api/publications.ts'
import { runQuery } from '../../api/runs.ts'
import { DRAFT, flowVersionsQuery, publishedRef } from '../../editor/versions/version-document.ts'
import { mayCall } from '../../projects/may.ts'
import { attempt } from '../../ui/attempt.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Select } from '../../ui/select.tsx'
import { useSelection } from '../../ui/selection.ts'
import { EmptyState, ErrorState, TableSkeleton } from '../../ui/status.tsx'
import { ScoreChart } from './score-chart.tsx'
import { ShownRun } from './shown-run.tsx'
import { TestDialog } from './test-dialog.tsx'
import { draftOf, draftOfRun, EMPTY } from './test-draft.ts'
import { TestHistory } from './test-history.tsx'
import { TestTable } from './test-table.tsx'

const ROUTE = '/signed-in/shell/flow/$flowId/tests'

/** The tests of a flow: what it is to answer to what, and how it did. */
export function TestsPage(): ReactNode {
  const { t } = useTranslation('tests')
  const { flowId } = useParams({ from: ROUTE })
  const { run: asked, save } = useSearch({ from: ROUTE })
  const navigate = useNavigate({ from: '/flow/$flowId/tests' })
  const [target, setTarget] = useState(DRAFT)
  /** `new` for one that is yet to be made. */
  const [edited, setEdited] = useState<FlowTestRead | 'new'>()
  const flow = useQuery({
    queryKey: ['flow', flowId, 'view'],
    queryFn: () => client.call(readFlow, { params: { flow_id: flowId } }),
    throwOnError: isFlowGone,
  })
  const { data: tests, isPending, error, refetch } = useQuery(flowTestsQuery(flowId))
  const { data: runs = [] } = useQuery(testRunsQuery(flowId))
  const selection = useSelection((tests ?? []).map(({ id }) => id))
  const isBusy = runs[0]?.status === 'running'
  // In the project of another, what the role does not allow is not offered.
  const may = (endpoint: Parameters<typeof mayCall>[0]): boolean =>
    flow.data !== undefined && mayCall(endpoint, flow.data.role)
  const [mayEdit, mayRun] = [may(createFlowTest), may(runFlowTests)]
  const shown = asked ?? runs[0]?.id
  const scored = runs.filter(({ is_whole, score }) => is_whole && score !== null).toReversed()

  async function run(ids?: readonly string[]): Promise<void> {
    await attempt(t('runFailed'), async () => {
      const body = { ...(ids && { tests: [...ids] }), ...versionIn(target) }
      const begun = await client.call(runFlowTests, { params: { flow_id: flowId }, body })
      await navigate({ search: { run: begun.id }, replace: true })
    })
    await flowTestsChanged(flowId)
  }

  const add = (look?: 'primary'): ReactNode => (
    <Button {...(look && { look })} onClick={() => setEdited('new')} data-testid="new-test">
      <Plus size={14} />
      {t('dialog.add')}
    </Button>
  )
  const closeSaved = (): void => void navigate({ search: asked === undefined ? {} : { run: asked }, replace: true })
  return (
    <Page
      title={t('title')}
      description={flow.data?.name}
      testId="tests-title"
      actions={
        <>
          <Link
            to="/flow/$flowId"
            params={{ flowId }}
            className="inline-flex h-8 items-center rounded-md border border-border px-3 font-medium text-sm hover:bg-surface-hover"
          >
            {t('back')}
          </Link>
          {mayEdit && tests && tests.length > 0 ? add() : null}
        </>
      }
    >
      <div className="flex flex-col gap-6 pb-8">
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
        {isPending ? <TableSkeleton /> : null}
        {tests?.length === 0 ? (
          <EmptyState
            icon={<FlaskConical size={32} />}
            title={t('none')}
            hint={t('noneHint')}
            actions={mayEdit ? add('primary') : undefined}
          />
        ) : null}
        {tests && tests.length > 0 ? (
          <section className="flex flex-col gap-3">
            <div className="flex flex-wrap items-center gap-2">
              <Target flowId={flowId} value={target} onChange={setTarget} />
              <Button look="primary" disabled={isBusy || !mayRun} onClick={() => void run()} data-testid="run-tests">
                <Play size={14} />
                {t('runAll')}
              </Button>
              {selection.ids.size > 0 ? (
                <Button
                  disabled={isBusy || !mayRun}
                  onClick={() => void run([...selection.ids])}
                  data-testid="run-selected-tests"
                >
                  {t('runSelected', { count: selection.ids.size })}
                </Button>
              ) : null}
            </div>
            <TestTable
              tests={tests}
              selection={selection}
              canRun={mayRun && !isBusy}
              canEdit={mayEdit}
              onRun={(ids) => void run(ids)}
              onEdit={setEdited}
            />
          </section>
        ) : null}
        {shown === undefined ? null : <ShownRun flowId={flowId} runId={shown} />}
        {scored.length > 1 ? (
          <div className="max-w-3xl">
            <ScoreChart runs={scored} />
          </div>
        ) : null}
        {runs.length > 0 ? (
          <section className="flex flex-col gap-2">
            <h2 className="font-medium">{t('history')}</h2>
            <TestHistory runs={runs} shown={shown} />
          </section>
        ) : null}
      </div>
      {edited ? (
        <TestDialog
          flowId={flowId}
          test={edited === 'new' ? undefined : edited}
          begun={edited === 'new' ? EMPTY : draftOf(edited)}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
      {save === undefined ? null : <SavedRun flowId={flowId} runId={save} onClose={closeSaved} />}
    </Page>
  )
}

interface SavedRunProps {
  readonly flowId: string
  readonly runId: string
  readonly onClose: () => void
}

/** Makes a test of a run. */
function SavedRun({ flowId, runId, onClose }: SavedRunProps): ReactNode {
  const { data: run, error, refetch } = useQuery({ ...runQuery(runId), refetchInterval: false })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  return run ? <TestDialog flowId={flowId} begun={draftOfRun(run)} onClose={onClose} /> : null
}

interface TargetProps {
  readonly flowId: string
  readonly value: string
  readonly onChange: (ref: string) => void
}

/** What is tested: the draft, a kept version or a published one. */
function Target({ flowId, value, onChange }: TargetProps): ReactNode {
  const { t } = useTranslation('tests')
  const { data: kept } = useQuery(flowVersionsQuery(flowId))
  const { data: publication } = useQuery(publicationQuery(flowId))
  return (
    <Select
      label={t('version')}
      value={value}
      options={[
        { value: DRAFT, label: t('targets.draft') },
        ...(publication?.versions ?? []).map(({ version }) => ({
          value: publishedRef(version),
          label: t('targets.published', { number: version }),
        })),
        ...(kept?.entries ?? []).map(({ id, version_number, description }) => ({
          value: id,
          label: [t('targets.saved', { number: version_number }), description].filter(Boolean).join(' · '),
        })),
      ]}
      onChange={onChange}
      className="max-w-72"
      testId="test-target"
    />
  )
}

/** How the server is told which version is meant. */
function versionIn(ref: string) {
  if (ref === DRAFT) return {}
  const published = /^published-(\d+)$/.exec(ref)?.[1]
  return published === undefined ? { saved_version_id: ref } : { published_version: Number(published) }
}
