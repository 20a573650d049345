import { LONGEST_FLOW_WISH } from '@runnel/protocol/flow-plan-terms'
import { ArrowUp, CircleAlert, LoaderCircle, RotateCcw, Square } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLackedModels } from '../../../editor/model-setup/use-model-setup.ts'
import { KindSetup } from '../../../playground/model-setup.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { classNames } from '../../../ui/class-names.ts'
import { isComposing } from '../../../ui/input.tsx'
import { type FlowNaming, useFlowPlan } from './use-flow-plan.ts'

const EXAMPLES = ['page', 'mail', 'research'] as const
const LANGUAGE = ['language'] as const
/** From so many characters on the box says how many are left. */
const COUNTED_FROM = LONGEST_FLOW_WISH - 200

/** Where a person says in words what to build; a model draws it on the canvas. */
export function DescribeBox({ onBuilt }: { readonly onBuilt: (naming: FlowNaming | undefined) => void }): ReactNode {
  const { t } = useTranslation('templates')
  const [text, setText] = useState('')
  const [wantsModel, setWantsModel] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const { state, begin, stop } = useFlowPlan(onBuilt)
  const isWithoutModel = useLackedModels(LANGUAGE).length > 0
  const isWorking = state.kind === 'working'
  const canSend = text.trim() !== '' && !isWorking

  function send(): void {
    if (!canSend) return
    setWantsModel(isWithoutModel)
    if (!isWithoutModel) void begin(text.trim())
    field.current?.focus()
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return
    event.preventDefault()
    send()
  }
  const write = (words: string): void => {
    setText(words)
    field.current?.focus()
  }
  return (
    <div className="flex flex-col gap-2" data-testid="describe-box">
      <div className="flex flex-col gap-1 rounded-lg border border-border-strong bg-surface p-1.5 has-[textarea:focus-visible]:border-accent has-[textarea:focus-visible]:ring-1 has-[textarea:focus-visible]:ring-accent">
        <textarea
          ref={field}
          value={text}
          readOnly={isWorking}
          maxLength={LONGEST_FLOW_WISH}
          placeholder={t('newFlow.describe.placeholder')}
          aria-label={t('newFlow.question')}
          data-testid="describe-text"
          className="field-sizing-content max-h-44 min-h-16 w-full resize-none bg-transparent px-2 py-1.5 text-sm leading-5 outline-none! read-only:text-text-muted"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <div className="flex min-h-8 items-center gap-2 pl-2">
          {isWorking ? <Working /> : <span className="text-text-muted text-xs">{t('newFlow.describe.keys')}</span>}
          <span className="flex-1" />
          {text.length >= COUNTED_FROM ? (
            <span className="text-text-muted text-xs tabular-nums">
              {t('newFlow.describe.length', { count: text.length, most: LONGEST_FLOW_WISH })}
            </span>
          ) : null}
          {isWorking ? (
            <Button
              size="sm"
              data-testid="describe-stop"
              onClick={() => {
                stop()
                field.current?.focus()
              }}
            >
              <Square size={12} />
              {t('newFlow.describe.stop')}
            </Button>
          ) : (
            <IconButton
              look="primary"
              label={t('newFlow.describe.build')}
              data-testid="describe-send"
              disabled={!canSend}
              onClick={send}
            >
              <ArrowUp size={16} />
            </IconButton>
          )}
        </div>
      </div>
      {wantsModel || state.kind === 'lacking' || state.kind === 'refused' ? null : (
        // Once something is written they only keep their place, so that the box stays in its own.
        <ul
          className={classNames('flex flex-wrap gap-2', text !== '' && 'invisible')}
          aria-label={t('newFlow.describe.examples')}
        >
          {EXAMPLES.map((example) => (
            <li key={example}>
              <Button
                size="sm"
                className="text-text-muted"
                onClick={() => write(t(`newFlow.describe.example.${example}.text`))}
              >
                {t(`newFlow.describe.example.${example}.title`)}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {wantsModel || state.kind === 'lacking' ? (
        <KindSetup
          kind="language"
          text={t('newFlow.describe.lacking')}
          onReady={() => {
            setWantsModel(false)
            stop()
            field.current?.focus()
          }}
        />
      ) : null}
      {state.kind === 'refused' ? (
        <div
          role="alert"
          data-testid="describe-refused"
          className="flex items-start gap-2 rounded-md border border-danger/40 bg-danger-soft p-3 text-sm"
        >
          <CircleAlert size={16} className="mt-0.5 shrink-0 text-danger" />
          <div className="wrap-anywhere min-w-0 flex-1">
            <p className="font-medium">{t('newFlow.describe.refused')}</p>
            <p className="text-text-muted">{state.why}</p>
            {state.advice ? <p className="text-text-muted">{t(`newFlow.describe.advice.${state.advice}`)}</p> : null}
          </div>
          <Button size="sm" disabled={!canSend} onClick={send} data-testid="describe-again">
            <RotateCcw size={12} />
            {t('newFlow.describe.again')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

/** That it goes on, and for how long it has; the seconds are not read out. */
function Working(): ReactNode {
  const { t } = useTranslation('templates')
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const began = performance.now()
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - began) / 1000)), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <span className="flex items-center gap-2 text-text-muted text-xs" data-testid="describe-working">
      <LoaderCircle size={14} className="animate-spin text-accent" />
      <span role="status">{t('newFlow.describe.working')}</span>
      {seconds > 0 ? (
        <span aria-hidden="true" className="tabular-nums">
          {t('newFlow.describe.seconds', { count: seconds })}
        </span>
      ) : null}
    </span>
  )
}
