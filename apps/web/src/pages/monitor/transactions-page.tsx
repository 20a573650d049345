import type { Transaction } from '@runnel/protocol/monitor'
import { useQuery } from '@tanstack/react-query'
import { ArrowRightLeft } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { transactionsQuery } from '../../api/monitor.ts'
import { useListState } from '../../app/list-state.ts'
import { failureReason } from '../../flows/failure-reason.ts'
import { classNames } from '../../ui/class-names.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { JsonBlock } from '../../ui/json-block.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { StateIcon } from '../../ui/state-icon.tsx'
import { EmptyState, ErrorState, TableSkeleton } from '../../ui/status.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { FlowFilter } from './flow-filter.tsx'
import { NodeName } from './node-name.tsx'
import { useNodeNames } from './use-node-names.ts'

const EXCERPT = 'block w-full truncate font-mono text-text-muted text-xs'

/** What each node of a flow was given and gave, the newest first. */
export function TransactionsPage(): ReactNode {
  const { t } = useTranslation('monitor')
  const [state, setState] = useListState({ flow: '', page: '1', size: '24' })
  const [opened, setOpened] = useState<Transaction>()
  const page = Math.max(1, Number(state.page) || 1)
  const size = Math.min(96, Number(state.size) || 24)
  const { data, isLoading, error, refetch } = useQuery(transactionsQuery(state.flow, page, size))
  const names = useNodeNames(state.flow)
  const excerpt = (value: unknown): string => JSON.stringify(value).slice(0, 200)
  return (
    <div className="flex flex-col pb-6">
      <div className="mb-3">
        <FlowFilter required value={state.flow} onChange={(flow) => setState({ flow, page: '1' })} />
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {isLoading ? <TableSkeleton /> : null}
      {state.flow === '' ? <EmptyState icon={<ArrowRightLeft size={32} />} title={t('chooseFlowHint')} /> : null}
      {data && data.total === 0 ? <EmptyState title={t('noData')} hint={t('transactions.noneHint')} /> : null}
      {data && data.items.length > 0 ? (
        <>
          <Table label={t('tabs.transactions')}>
            <HeadRow>
              <Head>{t('runs.status')}</Head>
              <Head>{t('time')}</Head>
              <Head>{t('component')}</Head>
              <Head>{t('transactions.target')}</Head>
              <Head>{t('inputs')}</Head>
              <Head>{t('outputs')}</Head>
              <Head>{t('error')}</Head>
            </HeadRow>
            <tbody>
              {data.items.map((one) => (
                <Row key={one.id}>
                  <Cell>
                    <StateIcon
                      state={one.status === 'success' ? 'ok' : 'error'}
                      size={16}
                      label={t(one.status === 'success' ? 'status.succeeded' : 'status.failed')}
                    />
                  </Cell>
                  <Cell className="text-text-muted">
                    <Time at={one.timestamp} />
                  </Cell>
                  <Cell>
                    <Opener className="whitespace-nowrap font-medium" onOpen={() => setOpened(one)}>
                      <NodeName id={one.vertex_id} names={names} />
                    </Opener>
                  </Cell>
                  <Cell className="whitespace-nowrap text-text-muted" title={one.target_id ?? undefined}>
                    {one.target_id === null ? '–' : (names.get(one.target_id) ?? one.target_id)}
                  </Cell>
                  {[one.inputs, one.outputs].map((value, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: two places that never change
                    <Cell key={place} className="max-w-44">
                      <Opener className={EXCERPT} onOpen={() => setOpened(one)}>
                        {excerpt(value)}
                      </Opener>
                    </Cell>
                  ))}
                  <Cell className="max-w-56">
                    {one.error ? (
                      <Opener className="block w-full truncate text-danger text-xs" onOpen={() => setOpened(one)}>
                        {failureReason(one.error)}
                      </Opener>
                    ) : (
                      '–'
                    )}
                  </Cell>
                </Row>
              ))}
            </tbody>
          </Table>
          <Pagination total={data.total} page={page} size={size} onChange={setState} />
        </>
      ) : null}
      {opened ? (
        <Dialog
          open
          onOpenChange={() => setOpened(undefined)}
          title={names.get(opened.vertex_id) ?? opened.vertex_id}
          description={opened.vertex_id}
          width="lg"
        >
          <div className="flex flex-col gap-4">
            {opened.error ? <JsonBlock label={t('error')} value={opened.error} /> : null}
            <JsonBlock label={t('inputs')} value={opened.inputs} />
            <JsonBlock label={t('outputs')} value={opened.outputs} />
          </div>
        </Dialog>
      ) : null}
    </div>
  )
}

interface OpenerProps {
  readonly className: string
  readonly onOpen: () => void
  readonly children: ReactNode
}

/** A cell that opens the whole content. */
const Opener = ({ className, onOpen, children }: OpenerProps): ReactNode => (
  <button
    type="button"
    className={classNames('min-h-6 rounded-sm text-left hover:underline', className)}
    onClick={onOpen}
  >
    {children}
  </button>
)
