import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { isComposing, TextArea } from '../../ui/input.tsx'
import type { Reasons } from '../model/chat-backend.ts'

const REASONS = ['wrong', 'incomplete', 'offTopic', 'badStyle', 'unsafe'] as const

export interface FeedbackFormProps {
  readonly given: Reasons | undefined
  readonly onSend: (reasons: Reasons) => void
  readonly onClose: () => void
}

/** Why an answer is no good: reasons to choose, and words; both may be left out. */
export function FeedbackForm({ given, onSend, onClose }: FeedbackFormProps): ReactNode {
  const { t } = useTranslation('playground')
  const [reasons, setReasons] = useState<readonly string[]>(given?.reasons ?? [])
  const [text, setText] = useState(given?.text ?? '')
  const send = (): void => onSend({ reasons, text: text.trim() })
  const toggle = (reason: string): void =>
    setReasons(reasons.includes(reason) ? reasons.filter((one) => one !== reason) : [...reasons, reason])
  return (
    <fieldset
      className="flex w-full flex-col gap-2 rounded-md border border-border p-3 text-sm"
      data-testid="feedback-form"
      onKeyDown={(event) => {
        if (isComposing(event)) return
        if (event.key === 'Escape') {
          event.stopPropagation()
          onClose()
        }
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
          event.preventDefault()
          send()
        }
      }}
    >
      <legend className="sr-only">{t('feedback.title')}</legend>
      <p className="text-text-muted text-xs">{t('feedback.title')}</p>
      <div className="flex flex-wrap gap-1.5">
        {REASONS.map((reason) => (
          <button
            key={reason}
            type="button"
            aria-pressed={reasons.includes(reason)}
            onClick={() => toggle(reason)}
            className={classNames(
              'min-h-7 rounded-full border px-2.5 text-xs',
              reasons.includes(reason)
                ? 'border-accent bg-accent-soft text-accent'
                : 'border-border hover:bg-surface-hover',
            )}
          >
            {t(`feedback.${reason}`)}
          </button>
        ))}
      </div>
      <TextArea
        rows={2}
        maxLength={2000}
        value={text}
        aria-label={t('feedback.text')}
        placeholder={t('feedback.text')}
        onChange={(event) => setText(event.target.value)}
        data-testid="feedback-text"
      />
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button
          size="sm"
          look="primary"
          disabled={reasons.length === 0 && text.trim() === ''}
          onClick={send}
          data-testid="send-feedback"
        >
          {t('feedback.send')}
        </Button>
      </div>
    </fieldset>
  )
}
