import { Table } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { lazily } from '../../ui/lazily.ts'
import { ComponentIcon } from '../component-icon.tsx'
import { columnsOf, tableRowsOf } from '../editors/table-values.ts'
import { type FieldWidgetProps, labelOf, testIdOf, textOf } from './field-widget.ts'
import { OpenButton } from './open-button.tsx'

const TableEditor = lazily(async () => (await import('../editors/table-editor.tsx')).TableEditor)

/** What the server calls the button when the component does not say; we have a word of our own for it. */
const USUAL = 'Open table'

/** Rows of columns the component names. */
export function TableField({ name, field, onChange, isDisabled, labelId, surface }: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('fields')
  const [isOpen, setOpen] = useState(false)
  const rows = tableRowsOf(field.value)
  const given = textOf(field.trigger_text)
  const trigger = given === '' || given === USUAL ? t('table.open') : given
  return (
    <>
      <OpenButton
        icon={field.trigger_icon ? <ComponentIcon name={textOf(field.trigger_icon)} size={14} /> : <Table size={14} />}
        label={trigger}
        labelId={labelId}
        onClick={() => setOpen(true)}
        testId={`div-table-input-${testIdOf(surface, name)}`}
      >
        {trigger}
        <span className="ml-2 text-text-muted text-xs">{t('table.rows', { count: rows.length })}</span>
      </OpenButton>
      {isOpen ? (
        <Suspense fallback={null}>
          <TableEditor
            title={labelOf(name, field)}
            description={field.info && componentText(field.info)}
            columns={columnsOf(field.table_schema, rows)}
            rows={rows}
            isDisabled={isDisabled}
            onSave={(value) => onChange({ value })}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </>
  )
}
