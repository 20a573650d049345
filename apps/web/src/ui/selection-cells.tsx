import type { ReactNode } from 'react'
import { Checkbox } from './checkbox.tsx'
import type { Selection } from './selection.ts'
import { Cell, Head } from './table.tsx'

export interface SelectAllHeadProps {
  readonly selection: Selection
  /** What is shown, in its order. */
  readonly ids: readonly string[]
  readonly label: string
}

/** The head of the column of tick boxes: all, none, or some. */
export const SelectAllHead = ({ selection, ids, label }: SelectAllHeadProps): ReactNode => (
  <Head className="w-10 pr-0">
    <Checkbox
      checked={selection.ids.size === 0 ? false : selection.ids.size === ids.length ? true : 'indeterminate'}
      label={label}
      onChange={(all) => selection.set(all ? ids : [])}
    />
  </Head>
)

export interface SelectCellProps {
  readonly selection: Selection
  readonly id: string
  readonly label: string
}

/** The tick box of a row; with Shift it takes the rows between. */
export const SelectCell = ({ selection, id, label }: SelectCellProps): ReactNode => (
  <Cell className="pr-0">
    <Checkbox checked={selection.has(id)} label={label} onClick={(event) => selection.toggle(id, event)} />
  </Cell>
)
