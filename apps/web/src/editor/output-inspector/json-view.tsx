import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { copyText } from '../../ui/copy-text.ts'
import { saveFile } from '../../ui/file-drop.tsx'
import { JsonTree } from '../../ui/json-tree.tsx'
import { notify } from '../../ui/notifications.tsx'
import { Segments } from '../../ui/segments.tsx'
import { literal } from '../model/literal.ts'
import { CopyValue } from './copy-value.tsx'
import type { Vector } from './shown-value.ts'
import { VectorView } from './vector-view.tsx'

export interface JsonViewProps {
  /** What the value is called when it is saved. */
  readonly name: string
  readonly value: unknown
  /** What of it is better drawn, by name. */
  readonly vectors: readonly (readonly [string, Vector])[]
}

/** A value as a tree or as text, with the vectors in it drawn above. */
export function JsonView({ name, value, vectors }: JsonViewProps): ReactNode {
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
        <CopyValue text={text} />
      </div>
      {vectors.map(([key, vector]) => (
        <VectorView key={key} name={key} vector={vector} />
      ))}
      <div className="min-h-0 flex-1 overflow-auto rounded-md border border-border p-2">
        {look === 'tree' ? (
          <JsonTree
            value={value}
            onCopyPath={(path) => void copyText(path.join('.')).then(() => notify('success', t('output.pathCopied')))}
          />
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
  const pattern = new RegExp(`(${literal(search)})`, 'gi')
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their place
  return text.split(pattern).map((part, index) => (index % 2 === 1 ? <mark key={index}>{part}</mark> : part))
}
