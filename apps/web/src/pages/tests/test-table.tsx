import { deleteFlowTest, type FlowTestRead } from '@runnel/protocol/flow-tests'
import { Link } from '@tanstack/react-router'
import { Pencil, Play, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { flowTestsChanged } from '../../api/flow-tests.ts'
import { IconButton } from '../../ui/button.tsx'
import { remove } from '../../ui/remove.ts'
import type { Selection } from '../../ui/selection.ts'
import { SelectAllHead, SelectCell } from '../../ui/selection-cells.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { ResultState } from './result-state.tsx'

export interface TestTableProps {
  readonly tests: readonly FlowTestRead[]
  readonly selection: Selection
  /** Not while tests run already. */
  readonly canRun: boolean
  readonly canEdit: boolean
  readonly onRun: (ids: readonly string[]) => void
  readonly onEdit: (test: FlowTestRead) => void
}

/** Each test with how it went the last time. */
export function TestTable({ tests, selection, canRun, canEdit, onRun, onEdit }: TestTableProps): ReactNode {
  const { t } = useTranslation('tests')

  async function forget({ id, flow_id, name }: FlowTestRead): Promise<void> {
    await remove({
      title: t('remove.title', { name }),
      text: t('remove.text'),
      confirm: t('remove.confirm'),
      done: t('remove.done'),
      failed: t('failed'),
      perform: () => client.call(deleteFlowTest, { params: { flow_id, test_id: id } }),
    })
    await flowTestsChanged(flow_id)
  }

  return (
    <Table label={t('title')}>
      <HeadRow>
        <SelectAllHead selection={selection} ids={tests.map(({ id }) => id)} label={t('selectAll')} />
        <Head>{t('name')}</Head>
        <Head>{t('input')}</Head>
        <Head>{t('check')}</Head>
        <Head>{t('last')}</Head>
        <Head label={t('actions')} />
      </HeadRow>
      <tbody>
        {tests.map((test) => (
          <Row key={test.id} aria-selected={selection.has(test.id)} data-testid={`test-${test.name}`}>
            <SelectCell selection={selection} id={test.id} label={t('select', { name: test.name })} />
            <Cell className="min-w-36 max-w-60 font-medium">
              <span className="line-clamp-2">{test.name}</span>
            </Cell>
            <Cell className="min-w-36 max-w-72 text-text-muted">
              <span className="line-clamp-2">{test.input_value || '–'}</span>
            </Cell>
            <Cell className="max-w-72">
              <span className="line-clamp-2">
                {t(`checks.${test.check}`)} <span className="text-text-muted">{test.expected}</span>
              </span>
            </Cell>
            <Cell className="whitespace-nowrap">
              {test.last ? <Last last={test.last} /> : <span className="text-text-muted">{t('never')}</span>}
            </Cell>
            <Cell className="whitespace-nowrap text-right">
              <IconButton
                size="sm"
                label={t('runOne', { name: test.name })}
                disabled={!canRun}
                onClick={() => onRun([test.id])}
              >
                <Play size={14} />
              </IconButton>
              {canEdit ? (
                <>
                  <IconButton size="sm" label={t('editOne', { name: test.name })} onClick={() => onEdit(test)}>
                    <Pencil size={14} />
                  </IconButton>
                  <IconButton size="sm" label={t('removeOne', { name: test.name })} onClick={() => void forget(test)}>
                    <Trash2 size={14} />
                  </IconButton>
                </>
              ) : null}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  )
}

/** How a test went the last time, and the way to the run. */
function Last({ last }: { readonly last: NonNullable<FlowTestRead['last']> }): ReactNode {
  const time = <Time at={last.at} />
  return (
    <span className="inline-flex items-center gap-2">
      <ResultState state={last.passed ? 'passed' : 'failed'} />
      <span className="text-text-muted text-xs">
        {last.run_id === null ? (
          time
        ) : (
          <Link to="/monitor/runs/$runId" params={{ runId: last.run_id }} className="hover:underline">
            {time}
          </Link>
        )}
      </span>
    </span>
  )
}
