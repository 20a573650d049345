import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { isComposing, TextArea } from '../../ui/input.tsx'
import { notifyError } from '../../ui/notifications.tsx'
import type { ChatMessage } from '../model/chat-message.ts'
import { usePlayground } from '../playground-context.tsx'

/** A message being rewritten: Escape leaves it, Ctrl or ⌘ with Enter saves it. */
export function MessageEditor({
  message,
  onClose,
}: {
  readonly message: ChatMessage
  readonly onClose: () => void
}): ReactNode {
  const { t } = useTranslation('playground')
  const playground = usePlayground()
  const [text, setText] = useState(message.text)
  const [isSaving, setSaving] = useState(false)
  const save = async (): Promise<void> => {
    if (text === message.text) return onClose()
    setSaving(true)
    try {
      await playground.edit(message.id, text)
      onClose()
    } catch (error) {
      setSaving(false)
      notifyError(t('message.editFailed'), error)
    }
  }
  return (
    <div className="flex w-full flex-col gap-2">
      <TextArea
        autoFocus
        rows={Math.min(12, text.split('\n').length + 1)}
        value={text}
        aria-label={t('message.edit')}
        data-testid="textarea"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (isComposing(event)) return
          if (event.key === 'Escape') {
            event.stopPropagation()
            onClose()
          }
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
            event.preventDefault()
            void save()
          }
        }}
      />
      <div className="flex items-center gap-2">
        <span className="flex-1 text-text-muted text-xs">{t('message.editHint')}</span>
        <Button size="sm" onClick={onClose} data-testid="cancel-button">
          {t('cancel')}
        </Button>
        <Button size="sm" look="primary" disabled={isSaving} onClick={() => void save()} data-testid="save-button">
          {t('save')}
        </Button>
      </div>
    </div>
  )
}
