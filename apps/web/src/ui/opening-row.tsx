import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { Row } from './table.tsx'

export interface OpeningRowProps extends Omit<ComponentProps<typeof Row>, 'onClick' | 'className'> {
  readonly onOpen: () => void
}

/** A row that opens something wherever it is clicked; by key a button in it does the same. */
export const OpeningRow = ({ onOpen, ...rest }: OpeningRowProps): ReactNode => (
  <Row
    className="cursor-pointer"
    onClick={(event) => {
      if (isOnRowItself(event)) onOpen()
    }}
    {...rest}
  />
)

/** Not on a button or a link of the row, nor on what one of them has opened elsewhere. */
const isOnRowItself = ({ target, currentTarget }: MouseEvent): boolean =>
  target instanceof Element && currentTarget.contains(target) && !target.closest('button, a, input')
