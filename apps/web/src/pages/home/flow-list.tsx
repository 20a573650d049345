import type { FlowHeaderRead } from '@runnel/protocol/flows'
import type { FlowRuns } from '@runnel/protocol/monitor'
import type { Publication } from '@runnel/protocol/publications'
import type { ReactNode } from 'react'
import type { FlowActions } from '../../flows/flow-actions.ts'
import { classNames } from '../../ui/class-names.ts'
import type { Selection } from '../../ui/selection.ts'
import { Skeleton } from '../../ui/status.tsx'
import { FlowCard } from './flow-card.tsx'

type View = 'grid' | 'list'

const LAYOUT: Readonly<Record<View, string>> = {
  grid: 'grid grid-cols-[repeat(auto-fill,minmax(280px,1fr))] gap-3',
  list: 'flex flex-col gap-1.5',
}

export interface FlowListProps {
  readonly flows: readonly FlowHeaderRead[]
  readonly view: View
  readonly selection: Selection
  readonly actions: FlowActions
  readonly runs: ReadonlyMap<string, FlowRuns>
  readonly published: ReadonlyMap<string, Publication>
  readonly onEdit: (flow: FlowHeaderRead) => void
  readonly onApi: (flow: FlowHeaderRead) => void
}

/** The flows of one page, as cards or as lines. */
export function FlowList({
  flows,
  view,
  selection,
  actions,
  runs,
  published,
  onEdit,
  onApi,
}: FlowListProps): ReactNode {
  return (
    <ul className={LAYOUT[view]}>
      {flows.map((flow) => (
        <FlowCard
          key={flow.id}
          flow={flow}
          view={view}
          selection={selection}
          actions={actions}
          lastRun={runs.get(flow.id)?.last}
          publication={published.get(flow.id)}
          onEdit={onEdit}
          onApi={onApi}
        />
      ))}
    </ul>
  )
}

/** The shape of two flows that will come. */
export const ListSkeleton = ({ view }: { readonly view: View }): ReactNode => (
  <div aria-hidden="true" className={classNames(LAYOUT[view], 'animate-late')}>
    {['first', 'second'].map((one) => (
      <div
        key={one}
        className={classNames(
          'flex gap-3 border border-border',
          view === 'grid' ? 'h-32 rounded-lg p-4' : 'h-14 items-center rounded-md px-3',
        )}
      >
        <Skeleton className="size-9 shrink-0" />
        <div className="flex flex-1 flex-col gap-2">
          <Skeleton className="h-4 w-1/3" />
          <Skeleton className="h-3 w-2/3" />
        </div>
      </div>
    ))}
  </div>
)
