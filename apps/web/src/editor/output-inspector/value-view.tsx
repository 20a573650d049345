import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { lazily } from '../../ui/lazily.ts'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { Segments } from '../../ui/segments.tsx'
import type { ShownOutput } from '../run/node-run.ts'
import { CopyValue } from './copy-value.tsx'
import { JsonView } from './json-view.tsx'
import { MessageFacts } from './message-facts.tsx'
import { RecordsView } from './records-view.tsx'
import { shownValue } from './shown-value.ts'
import { VectorView } from './vector-view.tsx'

const PdfView = lazily(async () => (await import('./pdf-view.tsx')).PdfView)
const Markdown = lazily(async () => (await import('../../ui/markdown.tsx')).Markdown)

export interface ValueViewProps {
  /** What the value is called when it is saved. */
  readonly name: string
  readonly output: ShownOutput
  /** The value itself: a message with who said it. */
  readonly result: unknown
}

/** One value of a run, shown the way it is best looked at. */
export function ValueView({ name, output, result }: ValueViewProps): ReactNode {
  const { t } = useTranslation('fields')
  const value = shownValue(output.message, output.type)
  switch (value.kind) {
    case 'text':
      return <TextView text={value.text} result={result} />
    case 'html':
      return (
        <iframe
          title={name}
          sandbox=""
          srcDoc={value.text}
          className="min-h-0 w-full flex-1 rounded-md border border-border bg-white"
        />
      )
    case 'image':
      return <ImageView name={name} address={value.address} />
    case 'audio':
      // biome-ignore lint/a11y/useMediaCaption: what a flow has made has no captions
      return <audio controls src={value.address} aria-label={name} className="w-full" />
    case 'pdf':
      return (
        <Suspense fallback={null}>
          <PdfView name={name} base64={value.base64} />
        </Suspense>
      )
    case 'records':
      return <RecordsView name={name} rows={value.rows} cut={value.cut} />
    case 'vector':
      return <VectorView vector={value.vector} />
    case 'error':
      return (
        <div role="alert" className="overflow-auto rounded-md bg-danger-soft p-3 text-danger text-sm">
          <p className="whitespace-pre-wrap">{value.message}</p>
          {value.stack ? <pre className="mt-3 whitespace-pre-wrap font-mono text-xs">{value.stack}</pre> : null}
        </div>
      )
    case 'stream':
      return <p className="py-12 text-center text-sm text-text-muted">{t('output.stream')}</p>
    case 'json':
      return <JsonView name={name} value={value.value} vectors={value.vectors} />
    default:
      return value satisfies never
  }
}

/** A picture; what the browser cannot draw is said to be so. */
function ImageView({ name, address }: { readonly name: string; readonly address: string }): ReactNode {
  const { t } = useTranslation('fields')
  const [isBroken, setBroken] = useState(false)
  return isBroken ? (
    <p className="py-12 text-center text-sm text-text-muted">{t('output.cannotShow')}</p>
  ) : (
    <img
      src={address}
      alt={name}
      className="min-h-0 max-w-full flex-1 object-contain"
      onError={() => setBroken(true)}
    />
  )
}

function TextView({ text, result }: { readonly text: string; readonly result: unknown }): ReactNode {
  const { t } = useTranslation('fields')
  const [look, setLook] = useState<'plain' | 'markdown'>('plain')
  const [isWrapped, setWrapped] = useState(true)
  return (
    <>
      <div className="flex items-center gap-2">
        <Segments
          label={t('output.look')}
          value={look}
          options={[
            { value: 'plain', label: t('output.plain') },
            { value: 'markdown', label: 'Markdown' },
          ]}
          onChange={setLook}
        />
        {look === 'plain' ? (
          <Button size="sm" aria-pressed={isWrapped} onClick={() => setWrapped(!isWrapped)}>
            {t('output.wrap')}
          </Button>
        ) : null}
        <span className="flex-1" />
        <CopyValue text={text} />
      </div>
      {look === 'plain' ? (
        <ScrollBox
          label={t('output.outputs')}
          data-testid="textarea"
          className={
            isWrapped
              ? 'min-h-0 flex-1 overflow-auto whitespace-pre-wrap break-words rounded-md bg-surface-muted p-3 text-sm'
              : 'min-h-0 flex-1 overflow-auto whitespace-pre rounded-md bg-surface-muted p-3 text-sm'
          }
        >
          {text}
        </ScrollBox>
      ) : (
        <div className="min-h-0 flex-1 overflow-auto rounded-md border border-border p-3 text-sm">
          <Suspense fallback={text}>
            <Markdown text={text} />
          </Suspense>
        </div>
      )}
      <MessageFacts result={result} />
    </>
  )
}
