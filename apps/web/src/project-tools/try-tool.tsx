import { Play, Square } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { callTool, type OfferedTool, type ToolAnswer } from '../api/project-tools.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { durationText } from '../ui/duration.ts'
import { Field, TextArea } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'

export interface TryToolProps {
  readonly projectId: string
  readonly tools: readonly OfferedTool[]
}

/** Calls a tool as a client would, and shows what it answers. */
export function TryTool({ projectId, tools }: TryToolProps): ReactNode {
  const { t, i18n } = useTranslation('project-tools')
  const [chosen, setChosen] = useState<string>()
  const [input, setInput] = useState('')
  const [answer, setAnswer] = useState<ToolAnswer & { readonly durationMs: number }>()
  const [isBusy, setBusy] = useState(false)
  const calling = useRef<AbortController>(undefined)
  const tool = tools.find(({ name }) => name === chosen) ?? tools[0]

  async function call(name: string): Promise<void> {
    const abort = new AbortController()
    calling.current = abort
    const begun = performance.now()
    const after = (): number => performance.now() - begun
    setBusy(true)
    setAnswer(undefined)
    try {
      const given = await callTool(projectId, name, input, abort.signal)
      setAnswer({ ...given, durationMs: after() })
    } catch (error) {
      if (!abort.signal.aborted) {
        const text = error instanceof Error ? error.message : String(error)
        setAnswer({ text, isError: true, durationMs: after() })
      }
    } finally {
      setBusy(false)
    }
  }

  return (
    <section aria-label={t('try.title')} className="flex min-w-0 flex-col gap-3 rounded-lg border border-border p-4">
      <h3 className="font-medium">{t('try.title')}</h3>
      {tool ? (
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            void call(tool.name)
          }}
        >
          <Select
            label={t('try.tool')}
            value={tool.name}
            options={tools.map(({ name }) => ({ value: name, label: name }))}
            onChange={setChosen}
          />
          <p className="text-sm text-text-muted">{tool.description}</p>
          <Field label="input_value">
            <TextArea
              rows={3}
              value={input}
              onChange={(event) => setInput(event.target.value)}
              data-testid="tool-input"
            />
          </Field>
          <div>
            {isBusy ? (
              <Button onClick={() => calling.current?.abort()}>
                <Square size={14} />
                {t('try.stop')}
              </Button>
            ) : (
              <Button look="primary" type="submit" data-testid="call-tool">
                <Play size={14} />
                {t('try.call')}
              </Button>
            )}
          </div>
          {answer ? (
            <div role={answer.isError ? 'alert' : 'status'} className="flex flex-col gap-1" data-testid="tool-answer">
              <span className="text-text-muted text-xs">
                {t(answer.isError ? 'try.failed' : 'try.answered', {
                  time: durationText(answer.durationMs, i18n.language),
                })}
              </span>
              <pre
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
                tabIndex={0}
                className={classNames(
                  'wrap-anywhere max-h-80 overflow-auto whitespace-pre-wrap rounded-md border border-border bg-surface-muted p-2 text-sm',
                  answer.isError && 'text-danger',
                )}
              >
                {answer.text}
              </pre>
            </div>
          ) : null}
        </form>
      ) : (
        <p className="text-sm text-text-muted">{t('try.none')}</p>
      )}
    </section>
  )
}
