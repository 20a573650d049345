import { useVirtualizer } from '@tanstack/react-virtual'
import type { ReactNode, RefObject } from 'react'
import type { Conversation } from '../model/conversation.ts'
import { DayLine } from './day-line.tsx'
import { MessageRow } from './message-row.tsx'

export interface VirtualRowsProps {
  readonly messages: Conversation
  /** What scrolls. */
  readonly box: RefObject<HTMLDivElement | null>
  readonly lastAnswer: string | undefined
}

const USUAL_PX = 96

/** The rows of a long conversation: only those near what is seen are drawn. */
export function VirtualRows({ messages, box, lastAnswer }: VirtualRowsProps): ReactNode {
  const rows = useVirtualizer({
    count: messages.length,
    getScrollElement: () => box.current,
    estimateSize: () => USUAL_PX,
    getItemKey: (index) => messages[index]?.id ?? index,
    overscan: 8,
    anchorTo: 'end',
  })
  return (
    <div className="relative w-full shrink-0" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map((item) => {
        const message = messages[item.index]
        if (!message) return null
        return (
          <div
            key={item.key}
            ref={rows.measureElement}
            data-index={item.index}
            className="absolute top-0 left-0 w-full"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <DayLine message={message} before={messages[item.index - 1]} />
            <MessageRow message={message} isLast={message.id === lastAnswer} />
          </div>
        )
      })}
    </div>
  )
}
