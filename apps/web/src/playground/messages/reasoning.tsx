import { Brain, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../ui/class-names.ts'
import { durationText } from '../../ui/duration.ts'
import { ChatMarkdown } from '../markdown/chat-markdown.tsx'
import type { BlockStep } from '../model/chat-message.ts'
import { usePlaygroundSettings } from '../settings.ts'
import { useKeptOpen } from './kept-open.ts'

/** What a model thought before it answered, apart from the answer: folded, and dimmed when it is read. */
export function Reasoning({
  id,
  step: { duration, data },
}: {
  /** Tells it from all other thoughts of the chat. */
  readonly id: string
  readonly step: BlockStep
}): ReactNode {
  const { t, i18n } = useTranslation('playground')
  const isOpenFirst = usePlaygroundSettings((settings) => settings.openSteps)
  const [isOpen, setOpen] = useKeptOpen(id, isOpenFirst)
  const text = typeof data.text === 'string' ? data.text.trim() : ''
  const title =
    duration === undefined ? t('steps.thought') : t('steps.thoughtFor', { time: durationText(duration, i18n.language) })
  if (text === '') return <p className={LINE}>{title}</p>
  return (
    <div className="w-full" data-testid="reasoning">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className={classNames(LINE, 'rounded-sm hover:text-text')}
      >
        <Brain size={13} className="shrink-0" />
        {title}
        <ChevronRight size={13} className={classNames('shrink-0', isOpen && 'rotate-90')} />
      </button>
      {isOpen ? (
        <div className="mt-1 border-border border-l-2 pl-3 text-sm text-text-muted">
          <ChatMarkdown text={text} />
        </div>
      ) : null}
    </div>
  )
}

const LINE = 'flex min-h-6 items-center gap-1.5 text-text-muted text-xs'
