import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOf } from '../dates.ts'
import type { ChatMessage } from '../model/chat-message.ts'

/** A line between messages of different days. */
export function DayLine({
  message,
  before,
}: {
  readonly message: ChatMessage
  readonly before: ChatMessage | undefined
}): ReactNode {
  const { i18n } = useTranslation('playground')
  const day = dayOf(message.at, i18n.language)
  if (!before || dayOf(before.at, i18n.language) === day) return null
  return (
    <div className="flex items-center gap-3 px-4 py-2 text-text-muted text-xs">
      <span className="h-px flex-1 bg-border" />
      {day}
      <span className="h-px flex-1 bg-border" />
    </div>
  )
}
