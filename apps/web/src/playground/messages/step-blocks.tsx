import { Check, ChevronRight, CircleAlert, LoaderCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ComponentIcon } from '../../editor/component-icon.tsx'
import { classNames } from '../../ui/class-names.ts'
import { durationText } from '../../ui/duration.ts'
import { ChatMarkdown } from '../markdown/chat-markdown.tsx'
import type { BlockStep, ContentBlock } from '../model/chat-message.ts'
import { usePlaygroundSettings } from '../settings.ts'
import { useKeptOpen } from './kept-open.ts'
import { Media } from './media.tsx'
import { Reasoning } from './reasoning.tsx'

export interface StepBlocksProps {
  readonly messageId: string
  readonly blocks: readonly ContentBlock[]
  readonly isRunning: boolean
}

/**
 * What an agent did for an answer, as it does it. The last step says the answer itself, which stands below with what was
 * made for it to be seen or heard.
 */
export function StepBlocks({ messageId, blocks, isRunning }: StepBlocksProps): ReactNode {
  return blocks.map((block, index) => {
    const id = `${messageId} ${index}`
    const steps = block.steps.filter((step) => !(isMade(step) || (step.type === 'text' && step.title === 'Output')))
    if (steps.length === 0) return null
    if (steps.every(isThought)) {
      // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever added at the end
      return steps.map((step, at) => <Reasoning key={`${id} ${at}`} id={`${id} ${at}`} step={step} />)
    }
    return <Block key={id} id={id} title={block.title} steps={steps} isRunning={isRunning} />
  })
}

interface BlockProps {
  readonly id: string
  readonly title: string
  readonly steps: readonly BlockStep[]
  readonly isRunning: boolean
}

function Block({ id, title, steps, isRunning }: BlockProps): ReactNode {
  const { t, i18n } = useTranslation('playground')
  const isOpenFirst = usePlaygroundSettings((settings) => settings.openSteps)
  const [isOpen, setOpen] = useKeptOpen(id, isOpenFirst)
  const last = steps.at(-1)
  const total = steps.reduce((sum, { duration = 0 }) => sum + duration, 0)
  const hasFailed = steps.some(({ data }) => data.error)
  return (
    <div
      className={classNames('w-full rounded-md border', isRunning ? 'running-border border-info' : 'border-border')}
      data-testid="agent-steps"
    >
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-8 w-full items-center gap-2 px-2.5 py-1 text-left text-sm"
      >
        {isRunning ? (
          <LoaderCircle size={14} className="shrink-0 animate-spin text-info" />
        ) : hasFailed ? (
          <CircleAlert size={14} className="shrink-0 text-warning" />
        ) : (
          <Check size={14} className="shrink-0 text-success" />
        )}
        <span className="min-w-0 flex-1 truncate">
          {isRunning ? plain(last?.title || title) : t('steps.finished', { count: steps.length })}
        </span>
        {isRunning ? null : <span className="text-text-muted text-xs">{durationText(total, i18n.language)}</span>}
        <ChevronRight size={14} className={classNames('shrink-0 text-text-muted', isOpen && 'rotate-90')} />
      </button>
      {isOpen ? (
        <ol className="flex flex-col gap-3 border-border border-t px-2.5 py-2">
          {steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end
            <Step key={index} id={`${id} ${index}`} step={step} />
          ))}
        </ol>
      ) : null}
    </div>
  )
}

/** What was made for an answer to be seen or heard: nobody should have to open its steps for that. */
export function MadeMedia({ blocks }: Pick<StepBlocksProps, 'blocks'>): ReactNode {
  const made = blocks.flatMap(({ steps }) => steps.filter(isMade))
  if (made.length === 0) return null
  return (
    <div className="flex flex-wrap gap-2" data-testid="made-media">
      {made.flatMap(({ data: { urls, caption } }) =>
        (Array.isArray(urls) ? urls : []).map((url) => (
          <Media key={String(url)} src={String(url)} name={typeof caption === 'string' ? caption : ''} />
        )),
      )}
    </div>
  )
}

const isMade = ({ type }: BlockStep): boolean => type === 'media'
const isThought = ({ type }: BlockStep): boolean => type === 'reasoning'

/** Titles are written in Markdown, and there is no room for it. */
const plain = (title: string): string => title.replaceAll('**', '')

function Step({ id, step }: { readonly id: string; readonly step: BlockStep }): ReactNode {
  const { i18n } = useTranslation('playground')
  const { title, duration, data } = step
  const icon = Object(data.header).icon
  if (isThought(step)) {
    return (
      <li>
        <Reasoning id={id} step={step} />
      </li>
    )
  }
  return (
    <li className="flex flex-col gap-1">
      <div className="flex items-center gap-2 text-xs">
        <ComponentIcon name={typeof icon === 'string' ? icon : 'MessageSquare'} size={13} />
        <span className="flex-1 font-medium">{plain(title)}</span>
        {duration === undefined ? null : (
          <span className="text-text-muted">{durationText(duration, i18n.language)}</span>
        )}
      </div>
      <StepBody step={step} />
    </li>
  )
}

function StepBody({ step: { type, data } }: { readonly step: BlockStep }): ReactNode {
  const { t } = useTranslation('playground')
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  switch (type) {
    case 'text':
      return <ChatMarkdown text={text(data.text)} />
    case 'code':
      return <ChatMarkdown text={`\`\`\`\`${text(data.language)}\n${text(data.code)}\n\`\`\`\``} />
    case 'tool_use':
      return (
        <>
          <Value label={t('steps.input')} value={data.tool_input} />
          {data.error ? (
            <Value label={t('steps.error')} value={data.error} isError />
          ) : (
            <Value label={t('steps.output')} value={Object(data.output).content ?? data.output} />
          )}
        </>
      )
    case 'error':
      return (
        <>
          <Value label={t('steps.error')} value={data.reason} isError />
          <Value label={t('steps.component')} value={data.component} />
          <Value label={t('error.field')} value={data.field} />
          <Value label={t('error.solution')} value={data.solution} />
          <Value label={t('error.details')} value={data.traceback} />
        </>
      )
    default:
      return <Value label={t('steps.data')} value={data.data ?? data} />
  }
}

function Value({
  label,
  value,
  isError,
}: {
  readonly label: string
  readonly value: unknown
  readonly isError?: boolean
}): ReactNode {
  if (value === null || value === undefined || value === '') return null
  return (
    <div>
      <div className="text-text-muted text-xs">{label}</div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls takes the focus
        tabIndex={0}
        className={classNames(
          'max-h-60 overflow-auto whitespace-pre-wrap break-words rounded-sm bg-surface-muted p-2 font-mono text-xs',
          isError && 'text-danger',
        )}
      >
        {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
      </pre>
    </div>
  )
}
