import { Columns3 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import type { ChosenColumn, Columns } from './columns.ts'
import { Menu } from './menu.tsx'

export interface ColumnMenuProps<Column> {
  readonly all: readonly Column[]
  readonly choice: Columns<Column>
  /** The column that cannot be hidden. */
  readonly always: string
  readonly labelOf: (column: Column) => string
}

/** Chooses which columns a table shows. */
export function ColumnMenu<Column extends ChosenColumn>({
  all,
  choice,
  always,
  labelOf,
}: ColumnMenuProps<Column>): ReactNode {
  const { t } = useTranslation('common')
  return (
    <Menu
      items={[
        ...all.map((column) => ({
          label: labelOf(column),
          checked: choice.columns.includes(column),
          disabled: column.name === always,
          onSelect: () => choice.toggle(column.name),
        })),
        'separator',
        { label: t('columns.reset'), onSelect: choice.reset },
      ]}
    >
      <Button data-testid="choose-columns">
        <Columns3 size={14} />
        {t('columns.choose')}
      </Button>
    </Menu>
  )
}
