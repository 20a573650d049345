import { ArrowDown } from 'lucide-react'
import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { lazily } from '../../ui/lazily.ts'
import { ErrorState, Skeleton, Spinner } from '../../ui/status.tsx'
import { ChatMarkdown } from '../markdown/chat-markdown.tsx'
import type { Conversation } from '../model/conversation.ts'
import type { Playground } from '../model/playground-state.ts'
import { useChatPlace, usePlayground, usePlaygroundState, useThread } from '../playground-context.tsx'
import { DayLine } from './day-line.tsx'
import { MessageFiles } from './message-files.tsx'
import { Caret, MessageRow } from './message-row.tsx'
import { TroubleCard } from './trouble-card.tsx'
import { type Place, useStickToEnd } from './use-stick-to-end.ts'

const VirtualRows = lazily(async () => (await import('./virtual-rows.tsx')).VirtualRows)

/** More than these are not all drawn: as soon as older ones can come, those that are seen keep their place. */
const DRAWN = 49
/** Older messages are asked for when so little is left above. */
const EARLY_PX = 300

const places = new WeakMap<Playground, Map<string, Place>>()

/** Where the reader left a session: it outlasts the panel. */
function placeIn(playground: Playground, sessionId: string): Place {
  const own = places.get(playground) ?? new Map<string, Place>()
  const place = own.get(sessionId) ?? { top: undefined, heights: new Map() }
  places.set(playground, own.set(sessionId, place))
  return place
}

/** What was said in the open session, and what is being said. */
export function MessageList(): ReactNode {
  const { t } = useTranslation('playground')
  const playground = usePlayground()
  const { messages, load, hasOlder } = useThread()
  const current = usePlaygroundState((state) => state.current)
  const pending = usePlaygroundState((state) => (state.pending?.sessionId === current ? state.pending : undefined))
  const trouble = usePlaygroundState((state) => (state.trouble?.sessionId === current ? state.trouble : undefined))
  const isUnanswered = usePlaygroundState(({ unanswered }) => unanswered === current)
  const place = placeIn(playground, current)
  const isAnswering = messages.some(({ state }) => state === 'partial')
  const { box, content, isAway, onScroll, onWheel, toEnd } = useStickToEnd(
    messages.length > DRAWN ? 'virtual' : messages[0]?.id,
    { key: `${current} ${load === 'loaded' || hasOlder}`, place },
    pending !== undefined,
  )
  const isEmpty = messages.length === 0 && !pending && !trouble && !isUnanswered
  const lastAnswer = messages.findLast(({ sender }) => sender === 'machine')?.id
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={box}
        role="log"
        aria-label={t('messages')}
        aria-busy={pending !== undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls takes the focus
        tabIndex={0}
        className="h-full overflow-y-auto overscroll-contain [overflow-anchor:none]"
        onWheel={onWheel}
        onScroll={({ currentTarget }) => {
          onScroll()
          if (currentTarget.scrollTop < EARLY_PX && hasOlder) void playground.loadOlder()
        }}
      >
        <div ref={content} className="mx-auto flex min-h-full max-w-3xl flex-col py-3">
          {load === 'failed' ? (
            <ErrorState error={t('messagesFailed')} onRetry={() => playground.open(current)} />
          ) : load === 'loading' && messages.length === 0 ? (
            <div className="flex flex-col gap-4 p-4">
              {[1, 2, 3].map((row) => (
                <Skeleton key={row} className="h-14" />
              ))}
            </div>
          ) : null}
          {hasOlder ? (
            <div className="grid place-items-center py-2">
              <Spinner label={t('older')} />
            </div>
          ) : null}
          {isEmpty && load !== 'loading' && load !== 'failed' ? <EmptyChat /> : null}
          {messages.length > DRAWN ? (
            <Suspense fallback={<Rows messages={messages.slice(-DRAWN)} lastAnswer={lastAnswer} />}>
              <VirtualRows messages={messages} box={box} heights={place.heights} lastAnswer={lastAnswer} />
            </Suspense>
          ) : (
            <Rows messages={messages} lastAnswer={lastAnswer} />
          )}
          {pending && !pending.isHeard && (pending.text !== '' || pending.files.length > 0) ? (
            <div className="flex flex-col items-end gap-1 px-4 py-2 opacity-70" data-testid="pending-message">
              {pending.files.length > 0 ? <MessageFiles files={pending.files} /> : null}
              {pending.text === '' ? null : (
                <div className="max-w-full rounded-lg rounded-tr-sm bg-accent-soft px-3 py-2 text-sm">
                  <ChatMarkdown text={pending.text} />
                </div>
              )}
            </div>
          ) : null}
          {pending && !isAnswering ? (
            <div className="px-4 py-2">
              <Caret />
            </div>
          ) : null}
          {trouble ? <TroubleCard trouble={trouble} /> : null}
          {isUnanswered ? (
            <p role="status" className="px-4 py-2 text-sm text-text-muted" data-testid="chat-unanswered">
              {t('unanswered')}
            </p>
          ) : null}
        </div>
      </div>
      {isAway ? (
        <Button
          size="sm"
          className="-translate-x-1/2 absolute bottom-3 left-1/2 shadow-2"
          onClick={toEnd}
          data-testid="to-newest"
        >
          <ArrowDown size={14} />
          {t('newMessages')}
        </Button>
      ) : null}
    </div>
  )
}

interface RowsProps {
  readonly messages: Conversation
  readonly lastAnswer: string | undefined
}

const Rows = ({ messages, lastAnswer }: RowsProps): ReactNode =>
  messages.map((message, index) => (
    <div key={message.id}>
      <DayLine message={message} before={messages[index - 1]} />
      <MessageRow message={message} isLast={message.id === lastAnswer} />
    </div>
  ))

function EmptyChat(): ReactNode {
  const { t } = useTranslation('playground')
  const { takesText, showNode, refusal } = useChatPlace()
  const ask = !takesText ? t('empty.noInput') : showNode ? t('empty.text') : t('empty.visitor')
  return (
    <div className="grid flex-1 place-items-center p-6 text-center">
      <div>
        <h2 className="font-medium text-lg">{refusal === undefined ? t('empty.title') : t('empty.silent')}</h2>
        {refusal === undefined ? <p className="text-sm text-text-muted">{ask}</p> : null}
      </div>
    </div>
  )
}
