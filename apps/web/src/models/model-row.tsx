import { testModel } from '@runnel/protocol/models'
import { MessageSquare } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { durationText } from '../ui/duration.ts'
import { TextInput } from '../ui/input.tsx'
import { Badge, Spinner } from '../ui/status.tsx'
import { Switch } from '../ui/switch.tsx'

/** What is known of a model besides its name. */
export interface KnownModel {
  readonly name: string
  readonly kind: 'language' | 'embeddings'
  readonly isSuggested: boolean
  readonly abilities: readonly ('tools' | 'vision' | 'thinking')[]
  readonly isDeprecated: boolean
}

export interface ModelRowProps {
  readonly provider: string
  readonly model: KnownModel
  readonly isOn: boolean
  readonly isConfigured: boolean
  readonly onChange: (isOn: boolean) => void
}

/** A model: what it can, whether flows are offered it, and a word with it. */
export function ModelRow({ provider, model, isOn, isConfigured, onChange }: ModelRowProps): ReactNode {
  const { t } = useTranslation('models')
  const [isTalking, setTalking] = useState(false)
  const { name, kind, abilities, isSuggested } = model
  return (
    <li className="flex flex-col gap-2 px-3 py-2 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <span className="wrap-anywhere min-w-[min(10rem,100%)] flex-1 font-mono text-xs">{name}</span>
        {isSuggested ? <Badge tone="accent">{t('models.suggested')}</Badge> : null}
        {kind === 'embeddings' ? <Badge tone="info">{t('models.embeddings')}</Badge> : null}
        {abilities.map((ability) => (
          <Badge key={ability}>{t(`models.${ability}`)}</Badge>
        ))}
        {kind === 'language' ? (
          <IconButton
            label={t('models.talk', { name })}
            size="sm"
            disabled={!isConfigured}
            aria-expanded={isTalking}
            onClick={() => setTalking(!isTalking)}
          >
            <MessageSquare size={14} />
          </IconButton>
        ) : null}
        <Switch checked={isOn} disabled={!isConfigured} label={t('models.offer', { name })} onChange={onChange} />
      </div>
      {isTalking ? <TestMessage provider={provider} name={name} /> : null}
    </li>
  )
}

type Answer = Awaited<ReturnType<typeof client.call<typeof testModel>>>

/** Sends a message the way a run would, and shows what comes back. */
function TestMessage({ provider, name }: { readonly provider: string; readonly name: string }): ReactNode {
  const { t, i18n } = useTranslation('models')
  const [text, setText] = useState('')
  const [answer, setAnswer] = useState<Answer>()
  const [isBusy, setBusy] = useState(false)
  async function send(): Promise<void> {
    setBusy(true)
    setAnswer(undefined)
    try {
      const body = { provider, model_name: name, text: text.trim() || t('models.hello') }
      setAnswer(await client.call(testModel, { body }))
    } catch (error) {
      setAnswer({ text: '', error: error instanceof Error ? error.message : String(error), duration_ms: 0 })
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <div className="flex gap-2">
        <TextInput
          value={text}
          autoFocus
          aria-label={t('models.message', { name })}
          placeholder={t('models.hello')}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={isBusy} className="shrink-0">
          {t('models.send')}
        </Button>
      </div>
      {isBusy ? <Spinner label={t('form.testing')} /> : null}
      {answer ? (
        <p
          role={answer.error === null ? 'status' : 'alert'}
          className={`wrap-anywhere max-h-60 overflow-y-auto whitespace-pre-wrap text-sm ${answer.error === null ? '' : 'text-danger'}`}
        >
          {answer.error ?? answer.text}{' '}
          <span className="text-text-muted text-xs">{durationText(answer.duration_ms, i18n.language)}</span>
        </p>
      ) : null}
    </form>
  )
}
