import { deleteMessages, listMessages, type MessageRow } from '@runnel/protocol/monitor-messages'
import { useQuery } from '@tanstack/react-query'
import { MessagesSquare } from 'lucide-react'
import { type ReactNode, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { type MessageFilter, messageCountQuery, messagesChanged } from '../../api/monitor.ts'
import { useListState } from '../../app/list-state.ts'
import { attempt } from '../../ui/attempt.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { ColumnMenu } from '../../ui/column-menu.tsx'
import { useColumns } from '../../ui/columns.ts'
import { SearchInput } from '../../ui/search-input.tsx'
import { Select } from '../../ui/select.tsx'
import { EmptyState, ErrorState, TableSkeleton } from '../../ui/status.tsx'
import { ColumnFilters } from './column-filters.tsx'
import { DeleteBar } from './delete-bar.tsx'
import { ExportMenu } from './export-menu.tsx'
import { FlowFilter } from './flow-filter.tsx'
import { MESSAGE_COLUMNS, TEXT_COLUMN } from './message-columns.ts'
import { MessageDialog } from './message-dialog.tsx'
import { exportMessages } from './message-export.ts'
import { MessageFilters, messageFilterOf, NO_MESSAGE_FILTERS } from './message-filters.tsx'
import { MessagesTable } from './messages-table.tsx'
import { timeOfFilter } from './period.ts'
import { PeriodFilter } from './period-filter.tsx'

const FILTERS = {
  q: '',
  flow: '',
  session: '',
  name: '',
  sender: 'any',
  feedback: 'any',
  period: 'any',
  ...NO_MESSAGE_FILTERS,
} as const
const NONE: ReadonlySet<string> = new Set()
const DEFAULTS = { ...FILTERS, sort: 'timestamp', order: 'desc' } as const

/** Messages that one tick selects: of more than these, the first of the list. */
const MOST_SELECTED = 1000

/** All messages of the user's flows. */
export function MessagesPage(): ReactNode {
  const { t } = useTranslation('monitor')
  const [state, setState] = useListState<Record<keyof typeof DEFAULTS, string>>(DEFAULTS)
  const choice = useColumns('runnel.messageColumns', MESSAGE_COLUMNS, TEXT_COLUMN)
  const order = MESSAGE_COLUMNS.find((column) => column.order === state.sort)?.order ?? 'timestamp'
  const [opened, setOpened] = useState<MessageRow>()
  const filter: MessageFilter = {
    ...(state.flow && { flow_id: state.flow }),
    ...(state.session && { session_id: state.session }),
    ...(state.name && { sender_name: state.name }),
    ...(state.sender !== 'any' && { sender: state.sender }),
    ...((state.feedback === 'up' || state.feedback === 'down') && { feedback: state.feedback }),
    ...(state.q.trim() && { search: state.q.trim() }),
    ...messageFilterOf(state),
    ...timeOfFilter(state, Date.now()),
  }
  const { data: total, error, refetch } = useQuery(messageCountQuery(filter))
  const listed = JSON.stringify({ ...state, sort: '', order: '' })
  const [chosen, setChosen] = useState({ listed, ids: new Set<string>() })
  // What another question has found is not deleted with this one.
  const selected = chosen.listed === listed ? chosen.ids : NONE
  const isFiltered = Object.keys(filter).length > 0

  const toggle = useCallback(
    (id: string): void =>
      setChosen((before) => {
        const ids = new Set(before.listed === listed ? before.ids : NONE)
        if (!ids.delete(id)) ids.add(id)
        return { listed, ids }
      }),
    [listed],
  )
  const clear = (): void => setChosen({ listed, ids: new Set() })

  async function selectAll(): Promise<void> {
    await attempt(t('failed'), async () => {
      const direction = state.order === 'asc' ? 'ASC' : 'DESC'
      const query = { ...filter, order_by: order, order: direction, limit: MOST_SELECTED } as const
      const rows = await client.call(listMessages, { query })
      setChosen({ listed, ids: new Set(rows.map(({ id }) => id)) })
    })
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col pb-4">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <SearchInput
          value={state.q}
          onChange={(q) => setState({ q })}
          label={t('messages.search')}
          className="min-w-56 flex-1"
        />
        <ColumnMenu
          all={MESSAGE_COLUMNS}
          choice={choice}
          always={TEXT_COLUMN}
          labelOf={({ name }) => t(`messages.${name}`)}
        />
        <ExportMenu name="messages" make={(format) => exportMessages(filter, total ?? 0, format)} disabled={!total} />
      </div>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <FlowFilter value={state.flow} onChange={(flow) => setState({ flow })} />
        <Select
          label={t('messages.sender')}
          value={state.sender}
          options={[
            { value: 'any', label: t('messages.anySender') },
            { value: 'User', label: t('messages.user') },
            { value: 'Machine', label: t('messages.machine') },
          ]}
          onChange={(sender) => setState({ sender })}
        />
        <Select
          label={t('messages.feedback')}
          value={state.feedback}
          options={[
            { value: 'any', label: t('messages.anyFeedback') },
            { value: 'up', label: t('messages.up') },
            { value: 'down', label: t('messages.down') },
          ]}
          onChange={(feedback) => setState({ feedback })}
        />
        <PeriodFilter value={state.period} onChange={(period) => setState({ period })} />
        <MessageFilters values={state} onChange={setState} />
        <ColumnFilters values={{ session: state.session, name: state.name }} onChange={setState} />
        {isFiltered ? (
          <Button look="ghost" onClick={() => setState(FILTERS)}>
            {t('clearFilters')}
          </Button>
        ) : null}
      </div>
      {state.session ? (
        <p className="mb-2 text-sm text-text-muted">{t('messages.ofSession', { session: state.session })}</p>
      ) : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {total === undefined && !error ? <TableSkeleton /> : null}
      {total === 0 ? (
        <EmptyState
          icon={<MessagesSquare size={32} />}
          title={isFiltered ? t('messages.noneMatch') : t('messages.none')}
          hint={isFiltered ? undefined : t('messages.noneHint')}
        />
      ) : null}
      {total ? (
        <>
          <MessagesTable
            key={JSON.stringify([filter, order, state.order])}
            filter={filter}
            choice={choice}
            order={order}
            isAscending={state.order === 'asc'}
            onSort={(sort, isAscending) => setState({ sort, order: isAscending ? 'asc' : 'desc' })}
            total={total}
            selected={selected}
            onToggle={toggle}
            all={
              <Checkbox
                checked={
                  selected.size === 0 ? false : selected.size >= Math.min(total, MOST_SELECTED) || 'indeterminate'
                }
                label={total > MOST_SELECTED ? t('messages.selectFirst', { count: MOST_SELECTED }) : t('selectAll')}
                onChange={(isOn) => (isOn ? void selectAll() : clear())}
              />
            }
            onOpen={setOpened}
          />
          <p className="pt-2 text-right text-text-muted text-xs" aria-live="polite">
            {t('messages.total', { count: total })}
          </p>
        </>
      ) : null}
      <DeleteBar
        kind="messages"
        ids={selected}
        perform={(body) => client.call(deleteMessages, { body })}
        changed={messagesChanged}
        onClear={clear}
      />
      {opened ? <MessageDialog message={opened} onClose={() => setOpened(undefined)} /> : null}
    </div>
  )
}
