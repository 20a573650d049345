import { ArrowUp, LoaderCircle, Paperclip, Play, SlidersHorizontal, Square } from 'lucide-react'
import {
  type KeyboardEvent,
  type ReactNode,
  Suspense,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/button.tsx'
import { chooseFiles } from '../../ui/file-drop.tsx'
import { isComposing } from '../../ui/input.tsx'
import { lazily } from '../../ui/lazily.ts'
import { useToastsClearOf } from '../../ui/toast-place.ts'
import { draftOf } from '../model/playground-state.ts'
import { useChatPlace, usePlaygroundState, useThread } from '../playground-context.tsx'
import { usePlaygroundSettings } from '../settings.ts'
import { AttachmentChip } from './attachment-chip.tsx'
import { canDictate } from './dictation.ts'
import { DictationButton } from './dictation-button.tsx'
import { optionId, SuggestionList } from './suggestion-list.tsx'
import { replaced, triggerAt } from './trigger.ts'
import type { Attachments } from './use-attachments.ts'
import { useSend } from './use-send.ts'
import { type Suggestion, useSuggestions } from './use-suggestions.tsx'

const SessionValuesBar = lazily(async () => (await import('../session-values/session-values-bar.tsx')).SessionValuesBar)
const SessionValuesDialog = lazily(
  async () => (await import('../session-values/session-values-dialog.tsx')).SessionValuesDialog,
)

/** Lines the field grows to. */
const MAX_PX = 8 * 20 + 16
/** Escape twice within this stops the run. */
const TWICE_MS = 600

/** Where a message is written: text, files, and the button that sends or stops. */
export function Composer({ attachments }: { readonly attachments: Attachments }): ReactNode {
  const { t } = useTranslation('playground')
  const { playground, takesText, takesValues } = useChatPlace()
  const current = usePlaygroundState((state) => state.current)
  const isBusy = usePlaygroundState((state) => state.isBusy)
  const sendBy = usePlaygroundSettings((settings) => settings.sendBy)
  const { messages } = useThread()
  const field = useRef<HTMLTextAreaElement>(null)
  const box = useRef<HTMLDivElement>(null)
  useToastsClearOf(box)
  const escapedAt = useRef(0)
  const text = usePlaygroundState((state) => draftOf(state, state.current).text)
  const hasValues = usePlaygroundState((state) => state.values.has(current) || state.variables.has(current))
  const [areValuesOpen, setValuesOpen] = useState(false)
  const listId = useId()
  const [caret, setCaret] = useState(0)
  const [active, setActive] = useState(0)
  /** The text whose suggestions were put away. */
  const [closed, setClosed] = useState<string>()
  const trigger = closed === text ? undefined : triggerAt(text, caret)
  const openValues = takesValues ? () => setValuesOpen(true) : undefined
  const suggestions = useSuggestions({
    trigger,
    text,
    attach: attachments.isOffered ? attachments.add : undefined,
    onValues: openValues,
  })
  const chosen = suggestions[Math.min(active, suggestions.length - 1)]
  const write = (next: string): void => {
    playground.drafts.write(next)
    setActive(0)
  }
  const take = ({ text: given, isWhole, perform }: Suggestion): void => {
    if (!trigger) return
    const next = isWhole ? { text: given, caret: given.length } : replaced(text, trigger, given)
    write(next.text)
    setCaret(next.caret)
    setClosed(next.text)
    perform?.()
    requestAnimationFrame(() => field.current?.setSelectionRange(next.caret, next.caret))
  }
  /** Whether the key was for the list of suggestions. */
  const steer = (event: KeyboardEvent): boolean => {
    if (!chosen) return false
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setActive((suggestions.indexOf(chosen) + step + suggestions.length) % suggestions.length)
    else if (event.key === 'Escape') setClosed(text)
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) take(chosen)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  useEffect(() => field.current?.focus(), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const area = field.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${Math.min(area.scrollHeight + 2, MAX_PX)}px`
  }, [text])

  const { uploads, list } = attachments
  const canSend = !isBusy && uploads !== 'failed' && (!takesText || text.trim() !== '' || list.length > 0)
  const { isWaiting, send } = useSend(uploads, canSend)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event) || steer(event)) return
    const isPlain = !event.shiftKey && !event.altKey
    const hasMod = event.metaKey || event.ctrlKey
    if (event.key === 'Enter' && isPlain && (hasMod || sendBy === 'enter')) {
      event.preventDefault()
      setActive(0)
      send()
    } else if (event.key === 'ArrowUp' && text === '') {
      const last = messages.findLast(({ sender }) => sender === 'user')
      if (!last) return
      event.preventDefault()
      write(last.text)
    } else if (event.key === 'Escape' && isBusy) {
      if (event.timeStamp - escapedAt.current < TWICE_MS) void playground.backend.stop()
      escapedAt.current = event.timeStamp
    }
  }
  const stop = (
    <IconButton
      look="secondary"
      label={t('composer.stop')}
      data-testid="button-stop"
      onClick={() => void playground.backend.stop()}
    >
      <Square size={14} />
    </IconButton>
  )
  if (!takesText) {
    return (
      <div ref={box} className="flex items-center gap-3 border-border border-t p-3">
        <span className="flex-1 text-sm text-text-muted">{t('composer.noInput')}</span>
        {isBusy ? (
          stop
        ) : (
          <Button look="primary" onClick={send} data-testid="button-send">
            <Play size={14} />
            {t('composer.run')}
          </Button>
        )}
      </div>
    )
  }
  return (
    <div ref={box} className="mx-auto w-full max-w-3xl shrink-0 px-4 pt-1 pb-3">
      <Suspense fallback={null}>
        {hasValues && openValues ? <SessionValuesBar onOpen={openValues} /> : null}
        {areValuesOpen ? <SessionValuesDialog onClose={() => setValuesOpen(false)} /> : null}
      </Suspense>
      <div className="relative flex flex-col gap-1 rounded-lg border border-border-strong bg-surface p-1.5 has-[textarea:focus-visible]:border-accent has-[textarea:focus-visible]:ring-1 has-[textarea:focus-visible]:ring-accent">
        {chosen && trigger ? (
          <SuggestionList
            id={listId}
            label={t(trigger.kind === 'command' ? 'commands.label' : 'commands.mentions')}
            suggestions={suggestions}
            active={suggestions.indexOf(chosen)}
            onChoose={take}
          />
        ) : null}
        {list.length > 0 ? (
          <ul className="flex flex-wrap gap-1.5 p-1" aria-label={t('files.label')}>
            {list.map((attachment) => (
              <AttachmentChip
                key={attachment.key}
                attachment={attachment}
                onRemove={() => playground.drafts.detach(attachment.key)}
                onRetry={() => playground.drafts.retry(attachment.key)}
              />
            ))}
          </ul>
        ) : null}
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={t('composer.placeholder')}
          aria-label={t('composer.placeholder')}
          aria-autocomplete="list"
          aria-controls={chosen ? listId : undefined}
          aria-activedescendant={chosen ? optionId(listId, suggestions.indexOf(chosen)) : undefined}
          data-testid="input-chat-playground"
          className="w-full resize-none bg-transparent px-2 py-1.5 text-sm leading-5 outline-none!"
          onChange={(event) => {
            write(event.target.value)
            setCaret(event.target.selectionStart)
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onBlur={() => setClosed(text)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const files = [...event.clipboardData.files]
            if (files.length === 0 || !attachments.isOffered) return
            event.preventDefault()
            attachments.add(files)
          }}
        />
        <div className="flex items-center gap-1">
          {attachments.isOffered ? (
            <IconButton
              label={t('files.attach')}
              data-testid="upload-file-button"
              onClick={() => chooseFiles(attachments.endings.map((ending) => `.${ending}`).join(), attachments.add)}
            >
              <Paperclip size={16} />
            </IconButton>
          ) : null}
          {openValues ? (
            <IconButton label={t('values.title')} onClick={openValues} data-testid="open-session-values">
              <SlidersHorizontal size={16} />
            </IconButton>
          ) : null}
          {canDictate() ? <DictationButton text={text} onText={write} /> : null}
          <span className="flex-1" />
          {isBusy ? (
            stop
          ) : (
            <IconButton
              look="primary"
              label={isWaiting ? t('composer.waiting') : t('composer.send')}
              data-testid="button-send"
              aria-busy={isWaiting}
              disabled={!canSend}
              onClick={send}
            >
              {isWaiting ? <LoaderCircle size={16} className="animate-spin" /> : <ArrowUp size={16} />}
            </IconButton>
          )}
        </div>
      </div>
    </div>
  )
}
