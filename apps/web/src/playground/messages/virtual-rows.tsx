import { measureElement, useVirtualizer } from '@tanstack/react-virtual'
import type { ReactNode, RefObject } from 'react'
import type { Conversation } from '../model/conversation.ts'
import { DayLine } from './day-line.tsx'
import { MessageRow } from './message-row.tsx'

export interface VirtualRowsProps {
  readonly messages: Conversation
  /** What scrolls. */
  readonly box: RefObject<HTMLDivElement | null>
  /** How high rows are by the ids of their messages, as far as they were drawn; what is drawn is added. */
  readonly heights: Map<string, number>
  readonly lastAnswer: string | undefined
}

const USUAL_PX = 96

/** The rows of a long conversation: only those near what is seen are drawn. */
export function VirtualRows({ messages, box, heights, lastAnswer }: VirtualRowsProps): ReactNode {
  const rows = useVirtualizer({
    count: messages.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => heights.get(messages[index]?.id ?? '') ?? USUAL_PX,
    measureElement(row, entry, virtualizer) {
      const height = measureElement(row, entry, virtualizer)
      const message = messages[virtualizer.indexFromElement(row)]
      if (message) heights.set(message.id, height)
      return height
    },
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
