import type { RunRead } from '@runnel/protocol/monitor'
import { useQuery } from '@tanstack/react-query'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysQuery } from '../../api/api-keys.ts'
import type { Columns } from '../../ui/columns.ts'
import type { Selection } from '../../ui/selection.ts'
import { SelectAllHead, SelectCell } from '../../ui/selection-cells.tsx'
import { HeadRow, Row, Table } from '../../ui/table.tsx'
import { WideHead } from '../../ui/wide-head.tsx'
import { useFlowNames } from './flow-filter.tsx'
import { RunCell } from './run-cell.tsx'
import type { RunColumn } from './run-columns.ts'

export interface RunTableProps {
  readonly runs: readonly RunRead[]
  readonly choice: Columns<RunColumn>
  readonly selection: Selection
  /** The runs of one session stand together, under its name. */
  readonly isGrouped: boolean
}

/** Columns that stand at the right. */
const NUMBERS: ReadonlySet<string> = new Set(['duration', 'tokens', 'cost'])

/** Runs, the newest first. */
export function RunTable({ runs, choice, selection, isGrouped }: RunTableProps): ReactNode {
  const { t } = useTranslation('monitor')
  const names = useFlowNames()
  const keyNames = useKeyNames(choice.columns.some(({ name }) => name === 'key'))
  const groups = isGrouped ? Map.groupBy(runs, ({ session_id: session }) => session) : new Map([['', runs]])
  return (
    <Table label={t('tabs.runs')} className="table-fixed">
      <HeadRow>
        <SelectAllHead selection={selection} ids={runs.map(({ id }) => id)} label={t('selectAll')} />
        {choice.columns.map(({ name, width }) => (
          <WideHead
            key={name}
            name={t(`runs.column.${name}`)}
            width={choice.widths[name]}
            onResize={(pixels) => choice.resize(name, pixels)}
            className={`truncate ${width} ${NUMBERS.has(name) ? 'text-right' : ''}`}
          />
        ))}
      </HeadRow>
      <tbody>
        {Array.from(groups, ([session, own]) => (
          <Fragment key={session}>
            {isGrouped ? (
              <tr className="border-border border-b bg-surface-muted">
                <th
                  scope="rowgroup"
                  colSpan={choice.columns.length + 1}
                  className="h-9 truncate px-3 text-left font-medium text-sm"
                >
                  {session} <span className="text-text-muted">{t('group.runs', { count: own.length })}</span>
                </th>
              </tr>
            ) : null}
            {own.map((run) => (
              <Row key={run.id} aria-selected={selection.has(run.id)} data-testid={`run-${run.id}`}>
                <SelectCell selection={selection} id={run.id} label={t('runs.select', { id: run.id.slice(-6) })} />
                {choice.columns.map(({ name }) => (
                  <RunCell
                    key={name}
                    run={run}
                    column={name}
                    flowName={names.get(run.flow_id)}
                    keyName={keyNames.get(run.key_id ?? '')}
                  />
                ))}
              </Row>
            ))}
          </Fragment>
        ))}
      </tbody>
    </Table>
  )
}

/** The names of the user's keys by id; asked for only where they are shown. */
export function useKeyNames(isShown: boolean): ReadonlyMap<string, string> {
  const { data: keys = [] } = useQuery({ ...apiKeysQuery, enabled: isShown })
  return new Map(keys.map(({ id, name }) => [id, name ?? '']))
}
