import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { saveFile } from '../../ui/file-drop.tsx'
import { JsonTree } from '../../ui/json-tree.tsx'
import { lazily } from '../../ui/lazily.ts'
import { notify } from '../../ui/notifications.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { Segments } from '../../ui/segments.tsx'
import type { ShownOutput } from '../run/node-run.ts'
import { MessageFacts } from './message-facts.tsx'
import { RecordsView } from './records-view.tsx'
import { normOf, shownValue } from './shown-value.ts'

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
      return <img src={value.address} alt={name} className="min-h-0 max-w-full flex-1 object-contain" />
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
      return <VectorView numbers={value.numbers} />
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
      return <JsonView name={name} value={value.value} />
    default:
      return value satisfies never
  }
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
        <CopyButton text={text} />
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

function JsonView({ name, value }: { readonly name: string; readonly value: unknown }): ReactNode {
  const { t } = useTranslation('fields')
  const [look, setLook] = useState<'tree' | 'text'>('tree')
  const [search, setSearch] = useState('')
  const text = JSON.stringify(value, null, 2) ?? ''
  const found = search === '' ? 0 : text.toLowerCase().split(search.toLowerCase()).length - 1
  return (
    <>
      <div className="flex items-center gap-2">
        <Segments
          label={t('output.look')}
          value={look}
          options={[
            { value: 'tree', label: t('json.tree') },
            { value: 'text', label: t('json.text') },
          ]}
          onChange={setLook}
        />
        <input
          type="search"
          value={search}
          aria-label={t('output.search')}
          placeholder={t('output.search')}
          onChange={(event) => {
            setSearch(event.target.value)
            if (event.target.value !== '') setLook('text')
          }}
          className="h-8 rounded-md border border-border bg-surface px-2 text-sm"
        />
        {search ? <span className="text-sm text-text-muted">{t('output.found', { count: found })}</span> : null}
        <span className="flex-1" />
        <Button size="sm" onClick={() => saveFile(new Blob([text], { type: 'application/json' }), `${name}.json`)}>
          JSON
        </Button>
        <CopyButton text={text} />
      </div>
      <div className="min-h-0 flex-1 overflow-auto rounded-md border border-border p-2">
        {look === 'tree' ? (
          <JsonTree value={value} onCopyPath={(path) => void navigator.clipboard.writeText(path.join('.'))} />
        ) : (
          <pre className="whitespace-pre-wrap break-words font-mono text-xs">{marked(text, search)}</pre>
        )}
      </div>
    </>
  )
}

/** The text with each place of what is searched marked. */
function marked(text: string, search: string): ReactNode {
  if (search === '') return text
  const pattern = new RegExp(`(${search.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')})`, 'gi')
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their place
  return text.split(pattern).map((part, index) => (index % 2 === 1 ? <mark key={index}>{part}</mark> : part))
}

function VectorView({ numbers }: { readonly numbers: readonly number[] }): ReactNode {
  const { t } = useTranslation('fields')
  const shown = numbers.slice(0, 256)
  const [low, high] = [Math.min(...shown), Math.max(...shown)]
  const points = shown.map((number, index) => `${index},${((high - number) / (high - low || 1)) * 60}`).join(' ')
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm">{t('output.vector', { dimensions: numbers.length, norm: normOf(numbers).toFixed(4) })}</p>
      <svg viewBox={`0 0 ${shown.length} 60`} preserveAspectRatio="none" className="h-24 w-full" aria-hidden="true">
        <polyline points={points} fill="none" stroke="var(--accent)" vectorEffect="non-scaling-stroke" />
      </svg>
      <CopyButton text={JSON.stringify(numbers)} />
    </div>
  )
}

function CopyButton({ text }: { readonly text: string }): ReactNode {
  const { t } = useTranslation('fields')
  return (
    <Button
      size="sm"
      data-testid="copy-output-button"
      onClick={() => void navigator.clipboard.writeText(text).then(() => notify('success', t('output.copied')))}
    >
      {t('copy')}
    </Button>
  )
}
