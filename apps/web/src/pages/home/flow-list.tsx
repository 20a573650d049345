import type { FlowHeaderRead } from '@runnel/protocol/flows'
import type { FlowRuns } from '@runnel/protocol/monitor'
import type { Publication } from '@runnel/protocol/publications'
import type { ReactNode } from 'react'
import type { FlowActions } from '../../flows/flow-actions.ts'
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

/** Two lines of what will come. */
export const ListSkeleton = ({ view }: { readonly view: View }): ReactNode => (
  <div className={LAYOUT[view]}>
    {Array.from({ length: view === 'grid' ? 6 : 4 }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
      <Skeleton key={index} className={view === 'grid' ? 'h-36' : 'h-14'} />
    ))}
  </div>
)
