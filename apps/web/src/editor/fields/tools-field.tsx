import { Settings2, ShieldQuestion } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lazily } from '../../ui/lazily.ts'
import { asksFirst, toolRowsOf } from '../editors/tool-rows.ts'
import { type FieldWidgetProps, labelOf, testIdOf } from './field-widget.ts'
import { OpenButton } from './open-button.tsx'

const ToolsEditor = lazily(async () => (await import('../editors/tools-editor.tsx')).ToolsEditor)

const SHOWN = 6

/** What a node offers an agent: the actions that are on, and the way to change them. */
export function ToolsField({ name, field, onChange, isDisabled, labelId, surface }: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('fields')
  const [isOpen, setOpen] = useState(false)
  const rows = toolRowsOf(field.value)
  const enabled = rows.filter(({ status }) => status !== false)
  return (
    <div className="nodrag flex flex-col gap-1">
      <OpenButton
        icon={<Settings2 size={14} />}
        label={t('tools.edit')}
        labelId={labelId}
        onClick={() => setOpen(true)}
        testId={`button_open_actions${surface === 'inspector' ? `_${testIdOf(surface, name)}` : ''}`}
      />
      {enabled.length > 0 ? (
        <ul className="flex flex-wrap gap-1">
          {enabled.slice(0, SHOWN).map((row, index) => (
            <li
              key={row.tags[0] ?? index}
              className="flex max-w-full items-center gap-1 rounded-sm bg-surface-hover px-1.5 py-0.5 font-mono text-xs"
              data-testid={`tool_${row.name}`}
            >
              {asksFirst(row) ? (
                <ShieldQuestion size={11} className="shrink-0 text-state-waiting" aria-label={t('tools.ask')} />
              ) : null}
              <span className="truncate">{row.name}</span>
            </li>
          ))}
          {enabled.length > SHOWN ? (
            <li className="px-1.5 py-0.5 text-text-muted text-xs">
              {t('tools.moreOf', { count: enabled.length - SHOWN })}
            </li>
          ) : null}
        </ul>
      ) : (
        <p className="text-text-muted text-xs">{rows.length === 0 ? t('tools.none') : t('tools.noneOn')}</p>
      )}
      {isOpen ? (
        <Suspense fallback={null}>
          <ToolsEditor
            title={labelOf(name, field)}
            rows={rows}
            isDisabled={isDisabled}
            onSave={(value) => onChange({ value })}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </div>
  )
}
