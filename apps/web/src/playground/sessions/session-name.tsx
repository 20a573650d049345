import { Check, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { isComposing, TextInput } from '../../ui/input.tsx'
import { useSessions } from './use-sessions.ts'

/** The name of a session being changed: Enter or the tick saves it, anything else leaves it. */
export function SessionName({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('playground')
  const { titleOf, refusalOf, rename } = useSessions()
  const [name, setName] = useState(titleOf(id))
  const isChanged = name.trim() !== titleOf(id)
  const refusal = isChanged ? refusalOf(id, name) : undefined
  const save = (): void => {
    if (refusal) return
    onClose()
    if (isChanged) void rename(id, name)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears its own controls lose the focus
    <div
      className="flex flex-col gap-1 py-0.5"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) onClose()
      }}
    >
      <div className="flex items-center gap-0.5">
        <TextInput
          autoFocus
          value={name}
          maxLength={200}
          aria-label={t('sessions.name')}
          aria-invalid={refusal !== undefined}
          data-testid="session-rename-input"
          onFocus={({ currentTarget }) => currentTarget.select()}
          onChange={(event) => setName(event.target.value)}
          onEnter={save}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || isComposing(event)) return
            event.stopPropagation()
            onClose()
          }}
        />
        <IconButton size="sm" label={t('save')} disabled={refusal !== undefined} onClick={save}>
          <Check size={14} />
        </IconButton>
        <IconButton size="sm" label={t('cancel')} onClick={onClose}>
          <X size={14} />
        </IconButton>
      </div>
      {refusal ? (
        <p role="alert" className="px-1 text-danger text-xs">
          {refusal}
        </p>
      ) : null}
    </div>
  )
}
