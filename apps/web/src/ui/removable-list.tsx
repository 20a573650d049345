import { Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { BulkBar } from './bulk-bar.tsx'
import { Button } from './button.tsx'
import { ListStates, type ListStatesProps } from './list-states.tsx'
import { NoMatch } from './no-match.tsx'
import { OpeningRow } from './opening-row.tsx'
import { SearchInput } from './search-input.tsx'
import type { Selection } from './selection.ts'
import { SelectAllHead, SelectCell } from './selection-cells.tsx'
import { HeadRow, Table } from './table.tsx'

interface Named {
  readonly id: string
  readonly name: string
}

export interface RemovableListProps<Item extends Named> extends ListStatesProps {
  readonly label: string
  /** What is shown of them, in its order. */
  readonly shown: readonly Item[]
  readonly selection: Selection
  readonly search: { readonly label: string; readonly value: string; readonly onChange: (value: string) => void }
  readonly words: {
    readonly selectAll: string
    readonly select: (item: Item) => string
    readonly bulk: string
    readonly delete: string
  }
  /** The heads of the columns. */
  readonly heads: ReactNode
  /** The cells of an item, one for each head. */
  readonly cells: (item: Item) => ReactNode
  readonly onRemove: () => void
  /** A click anywhere on a row but on what it holds; by key it is the button of the name. */
  readonly onOpen: (item: Item) => void
}

/** A table of things with names: searched, chosen by tick boxes, and deleted together. */
export function RemovableList<Item extends Named>(props: RemovableListProps<Item>): ReactNode {
  const { label, shown, selection, search, words, heads, cells, onRemove, onOpen, ...states } = props
  return (
    <>
      <ListStates {...states} />
      {states.isEmpty ? null : (
        <>
          <SearchInput value={search.value} onChange={search.onChange} label={search.label} className="mb-3 max-w-md" />
          {shown.length === 0 ? (
            <NoMatch onClear={() => search.onChange('')} />
          ) : (
            <Table label={label}>
              <HeadRow>
                <SelectAllHead selection={selection} ids={shown.map(({ id }) => id)} label={words.selectAll} />
                {heads}
              </HeadRow>
              <tbody>
                {shown.map((item) => (
                  <OpeningRow key={item.id} aria-selected={selection.has(item.id)} onOpen={() => onOpen(item)}>
                    <SelectCell selection={selection} id={item.id} label={words.select(item)} />
                    {cells(item)}
                  </OpeningRow>
                ))}
              </tbody>
            </Table>
          )}
        </>
      )}
      <BulkBar count={selection.ids.size} label={words.bulk} onClear={selection.clear}>
        <Button look="danger" onClick={onRemove}>
          <Trash2 size={14} />
          {words.delete}
        </Button>
      </BulkBar>
    </>
  )
}

/** A name that opens what it names. */
export const NameButton = ({
  onClick,
  className = '',
  children,
}: {
  readonly onClick: () => void
  readonly className?: string
  readonly children: ReactNode
}): ReactNode => (
  <button
    type="button"
    className={`min-h-6 rounded-sm text-left font-medium hover:underline ${className}`}
    onClick={onClick}
  >
    {children}
  </button>
)
