import { Mic } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { notify } from '../../ui/notifications.tsx'
import { dictate, joinHeard } from './dictation.ts'

export interface DictationButtonProps {
  /** What is written already. */
  readonly text: string
  readonly onText: (text: string) => void
}

/** Writes what is said into the composer: one click begins, the next ends (P-50). */
export function DictationButton({ text, onText }: DictationButtonProps): ReactNode {
  const { t, i18n } = useTranslation('playground')
  const [isListening, setListening] = useState(false)
  const stop = useRef<() => void>(undefined)
  useEffect(() => () => stop.current?.(), [])
  const begin = (): void => {
    setListening(true)
    stop.current = dictate({
      language: i18n.language === 'en' ? 'en-US' : i18n.language,
      onText: (heard) => onText(joinHeard(text, heard)),
      onEnd(problem) {
        setListening(false)
        stop.current = undefined
        if (problem) notify('error', t('dictation.failedTitle'), { details: [t(`dictation.${problem}`)] })
      },
    })
  }
  return (
    <IconButton
      label={t(isListening ? 'dictation.stop' : 'dictation.start')}
      aria-pressed={isListening}
      data-testid="voice-button"
      onClick={() => (isListening ? stop.current?.() : begin())}
    >
      <Mic size={16} className={isListening ? 'animate-pulse text-danger' : ''} />
    </IconButton>
  )
}
