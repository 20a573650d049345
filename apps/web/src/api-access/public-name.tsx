import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextInput } from '../ui/input.tsx'
import type { InputField } from './flow-inputs.ts'

export interface PublicNameProps {
  readonly field: InputField
  /** What no other field may be called. */
  readonly taken: readonly string[]
  /** '' for none. */
  readonly onName: (name: string) => void
}

/** The name callers set a field by, so that its node can be replaced without their noticing. */
export function PublicName({ field, taken, onName }: PublicNameProps): ReactNode {
  const { t } = useTranslation('api-access')
  const { publicName = '' } = field
  const [typed, setTyped] = useState(publicName)
  const name = typed.trim()
  const isTaken = name !== publicName && taken.includes(name)
  const keep = (): void => {
    if (name !== publicName && !isTaken) onName(name)
  }
  return (
    <span className="flex w-40 flex-col">
      <TextInput
        value={typed}
        maxLength={64}
        spellCheck={false}
        placeholder={t('schema.publicName')}
        aria-label={t('schema.publicNameOf', { field: field.label })}
        aria-invalid={isTaken}
        data-testid={`name-${field.nodeId}-${field.name}`}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={keep}
        onEnter={keep}
      />
      {isTaken ? (
        <span role="alert" className="text-danger text-xs">
          {t('schema.nameTaken')}
        </span>
      ) : null}
    </span>
  )
}
