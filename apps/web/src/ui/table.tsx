import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'

export interface TableProps {
  readonly label: string
  /** For a layout of its own. */
  readonly className?: string
  readonly children: ReactNode
}

/** A table that scrolls sideways when it must. */
export function Table({ label, className, children }: TableProps): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className="overflow-x-auto rounded-lg border border-border" aria-label={label} tabIndex={0}>
      <table className={classNames('w-full border-collapse text-left text-sm', className)}>{children}</table>
    </section>
  )
}

export const HeadRow = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <thead className="border-border border-b bg-surface-muted text-text-muted text-xs">
    <tr>{children}</tr>
  </thead>
)

export interface HeadProps {
  readonly children?: ReactNode
  /** The accessible name of a column without a title. */
  readonly label?: string
  readonly sorted?: 'ascending' | 'descending' | undefined
  readonly onSort?: () => void
  /** Pixels, in a table with a fixed layout. */
  readonly width?: number
  /** What stands at its right edge. */
  readonly edge?: ReactNode
  readonly className?: string
}

/** The head of a column; sorts when it can. */
export function Head({ children, label, sorted, onSort, width, edge, className }: HeadProps): ReactNode {
  return (
    <th
      scope="col"
      aria-sort={sorted}
      aria-label={label}
      style={width === undefined ? undefined : { width }}
      className={classNames('h-9 whitespace-nowrap px-3 font-medium', edge ? 'relative' : '', className)}
    >
      {onSort ? (
        <button
          type="button"
          onClick={onSort}
          className="inline-flex min-h-6 items-center gap-1 rounded-sm hover:text-text"
        >
          {children}
          {sorted === 'ascending' ? <ArrowUp size={12} /> : sorted === 'descending' ? <ArrowDown size={12} /> : null}
        </button>
      ) : (
        children
      )}
      {edge}
    </th>
  )
}

export const Row = ({ className, ...rest }: ComponentProps<'tr'>): ReactNode => (
  <tr
    className={classNames(
      'border-border border-b last:border-b-0 hover:bg-surface-muted aria-selected:bg-accent-soft',
      className,
    )}
    {...rest}
  />
)

export const Cell = ({ className, ...rest }: ComponentProps<'td'>): ReactNode => (
  <td
    className={classNames('h-10 px-3 py-1.5 in-data-[density=compact]:h-7 in-data-[density=compact]:py-0', className)}
    {...rest}
  />
)
