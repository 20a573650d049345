import { Mic } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { notify } from '../../ui/notifications.tsx'
import { type Dictation, dictate, joinHeard } from './dictation.ts'

export interface DictationButtonProps {
  /** What is written already. */
  readonly text: string
  readonly onText: (text: string) => void
}

/**
 * Writes what is said into the composer: one click begins, the next ends. Whoever types, sends or opens another
 * session meanwhile has ended it too.
 */
export function DictationButton({ text, onText }: DictationButtonProps): ReactNode {
  const { t, i18n } = useTranslation('playground')
  const [isListening, setListening] = useState(false)
  const dictation = useRef<Dictation>(undefined)
  const written = useRef(text)
  useEffect(() => () => dictation.current?.drop(), [])
  useEffect(() => {
    if (text !== written.current) dictation.current?.drop()
  }, [text])
  const begin = (): void => {
    setListening(true)
    written.current = text
    dictation.current = dictate({
      language: i18n.language === 'en' ? 'en-US' : i18n.language,
      onText(heard) {
        written.current = joinHeard(text, heard)
        onText(written.current)
      },
      onEnd(problem) {
        setListening(false)
        dictation.current = undefined
        if (problem) notify('error', t('dictation.failedTitle'), { details: [t(`dictation.${problem}`)] })
      },
    })
  }
  return (
    <IconButton
      label={t(isListening ? 'dictation.stop' : 'dictation.start')}
      aria-pressed={isListening}
      data-testid="voice-button"
      onClick={() => (isListening ? dictation.current?.finish() : begin())}
    >
      <Mic size={16} className={isListening ? 'animate-pulse text-danger' : ''} />
    </IconButton>
  )
}
