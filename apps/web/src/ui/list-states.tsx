import type { ReactNode } from 'react'
import { EmptyState, type EmptyStateProps, ErrorState, TableSkeleton } from './status.tsx'

export interface ListStatesProps extends EmptyStateProps {
  /** How reading the list goes. */
  readonly query: { readonly isPending: boolean; readonly error: unknown; readonly refetch: () => unknown }
  readonly isEmpty: boolean
}

/** What stands in the place of a list: its shape while it is read, why it could not be, or that it holds nothing. */
export function ListStates({ query, isEmpty, ...empty }: ListStatesProps): ReactNode {
  if (query.isPending) return <TableSkeleton />
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return isEmpty ? <EmptyState {...empty} /> : null
}
