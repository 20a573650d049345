import { Check, CircleAlert, Copy, KeyRound, RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { partsOfReason } from '../../flows/failure-reason.ts'
import { componentText } from '../../i18n/component-text.ts'
import { Button } from '../../ui/button.tsx'
import { ChatMarkdown } from '../markdown/chat-markdown.tsx'
import { type ChatMessage, errorFacts } from '../model/chat-message.ts'
import { useChatPlace, usePlaygroundState } from '../playground-context.tsx'
import { useCopied } from '../use-copied.ts'
import { adviceOn } from './advice.ts'
import { RunLink } from './run-link.tsx'

/** Stands in a sentence for the name that leads to the canvas. */
const SLOT = '\u0000'

/** What went wrong, in which component, and what to do. */
export function ErrorCard({ message, isLast }: { readonly message: ChatMessage; readonly isLast: boolean }): ReactNode {
  const { t } = useTranslation('playground')
  const { playground, showNode, refusal } = useChatPlace()
  const isBusy = usePlaygroundState((state) => state.isBusy)
  const { component: named, field, reason, solution, traceback } = errorFacts(message)
  const { sentence, raw } = partsOfReason(reason)
  const details = [raw, traceback].filter(Boolean).join('\n\n')
  const component = named && componentText(named)
  const advice = solution === undefined ? adviceOn(reason) : undefined
  const { nodeId } = message.source
  const [before, after] = component ? t('error.in', { component: SLOT }).split(SLOT) : [t('error.somewhere')]
  const { isCopied, copy } = useCopied()
  const facts = [component, field, reason, solution, traceback].filter(Boolean).join('\n\n')
  return (
    <div
      role="alert"
      data-testid="chat-error"
      className="flex w-full flex-col gap-2 rounded-md border border-danger bg-danger-soft p-3 text-sm"
    >
      <div className="flex items-start gap-2 font-medium text-danger">
        <CircleAlert size={16} className="mt-0.5 shrink-0" />
        <span>
          {before}
          {component && showNode && nodeId ? (
            <button type="button" className="min-h-6 underline" onClick={() => showNode(nodeId)}>
              {component}
            </button>
          ) : (
            component
          )}
          {after}
        </span>
      </div>
      {/* Visitors are told that it failed, in their own language, and not why. */}
      {showNode ? <ChatMarkdown text={linesKept(sentence)} /> : null}
      {field ? <Fact label={t('error.field')} text={field} /> : null}
      {solution ? <Fact label={t('error.solution')} text={solution} /> : null}
      {showNode && advice ? <Fact label={t('error.solution')} text={t(`advice.${advice}`)} /> : null}
      {showNode && details ? (
        <details>
          <summary className="text-text-muted text-xs">{t('error.details')}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls takes the focus */}
          <pre tabIndex={0} className="mt-1 max-h-60 overflow-auto whitespace-pre-wrap font-mono text-xs">
            {details}
          </pre>
        </details>
      ) : null}
      {isLast || showNode ? (
        <div className="flex flex-wrap gap-2">
          {isLast && refusal === undefined ? (
            <Button size="sm" disabled={isBusy} onClick={() => void playground.regenerate()}>
              <RotateCcw size={12} />
              {t('error.retry')}
            </Button>
          ) : null}
          {showNode ? (
            <Button size="sm" onClick={() => copy(facts)} data-testid="copy-error">
              {isCopied ? <Check size={12} className="text-success" /> : <Copy size={12} />}
              {isCopied ? t('copied') : t('error.copy')}
            </Button>
          ) : null}
          {showNode && (advice === 'key' || advice === 'model') ? (
            <a href="/settings/model-providers" target="_blank" rel="noopener" className={LINK}>
              <KeyRound size={12} />
              {t('advice.providers')}
            </a>
          ) : null}
          {showNode && message.runId ? <RunLink runId={message.runId} withText /> : null}
        </div>
      ) : null}
    </div>
  )
}

/** Markdown takes lines together, where each says something of its own. */
const linesKept = (text: string): string => text.replace(/(?<!\n)\n(?!\n)/g, '  \n')

const LINK =
  'inline-flex h-7 items-center gap-1.5 rounded-md border border-border bg-surface px-2 font-medium text-xs hover:bg-surface-hover'

const Fact = ({ label, text }: { readonly label: string; readonly text: string }): ReactNode => (
  <div>
    <div className="font-medium text-xs">{label}</div>
    <ChatMarkdown text={text} />
  </div>
)
