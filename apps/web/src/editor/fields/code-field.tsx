import { Code } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeEditor } from '../editors/code-editor.tsx'
import { type FieldWidgetProps, testIdOf, textOf } from './field-widget.ts'
import { OpenButton } from './open-button.tsx'

/** Source text: its first line, and an editor. */
export function CodeField({ nodeId, name, field, labelId, surface }: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('fields')
  const [isOpen, setOpen] = useState(false)
  const text = textOf(field.value)
  const first = text.split('\n').find((line) => line.trim() !== '') ?? ''
  return (
    <>
      <OpenButton
        icon={<Code size={14} />}
        label={t('code.edit')}
        labelId={labelId}
        isEmpty={first === ''}
        onClick={() => setOpen(true)}
        testId={`codearea_code_${testIdOf(surface, name)}`}
      >
        <code className="font-mono text-xs">{first || t('code.empty')}</code>
      </OpenButton>
      {isOpen ? <CodeEditor nodeId={nodeId} name={name} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
