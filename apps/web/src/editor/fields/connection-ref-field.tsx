import { Link2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { TextInput } from '../../ui/input.tsx'
import { Badge } from '../../ui/status.tsx'
import { type FieldWidgetProps, placeholderOf, testIdOf, textOf } from './field-widget.ts'
import { useDraft } from './use-draft.ts'

const REFERENCE = /^[\w.-]+\/\S.*$/u

/** The name of an account elsewhere, `provider/name`, and what it must be allowed to do. It is no secret. */
export function ConnectionRefField(props: FieldWidgetProps): ReactNode {
  const { name, field, onChange, isDisabled, labelId, surface } = props
  const { t } = useTranslation('fields')
  const draft = useDraft(textOf(field.value), (value) => onChange({ value: value.trim() }))
  const provider = textOf(field.provider)
  const scopes = (Array.isArray(field.required_scopes) ? field.required_scopes : []).map(String)
  const isWrong = draft.value.trim() !== '' && !REFERENCE.test(draft.value.trim())
  return (
    <div className="nodrag flex flex-col gap-1">
      <div className="relative flex items-center">
        <Link2 size={14} className="pointer-events-none absolute left-2.5 text-text-muted" />
        <TextInput
          {...draft}
          aria-labelledby={labelId}
          aria-invalid={isWrong}
          placeholder={placeholderOf(field, `${provider || 'provider'}/${t('connectionRef.name')}`)}
          disabled={isDisabled}
          spellCheck={false}
          autoComplete="off"
          className="pl-8 font-mono text-xs"
          data-testid={`connection_ref_${testIdOf(surface, name)}`}
        />
      </div>
      {isWrong ? (
        <span role="alert" className="text-danger text-xs">
          {t('connectionRef.wrong')}
        </span>
      ) : null}
      {scopes.length > 0 ? (
        <div className="flex flex-wrap items-center gap-1 text-text-muted text-xs">
          {t('connectionRef.scopes')}
          {scopes.map((scope) => (
            <Badge key={scope}>{scope}</Badge>
          ))}
        </div>
      ) : null}
    </div>
  )
}
