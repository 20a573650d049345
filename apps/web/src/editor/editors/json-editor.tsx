import { json, jsonParseLinter } from '@codemirror/lang-json'
import { linter, lintGutter } from '@codemirror/lint'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { JsonTree } from '../../ui/json-tree.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Segments } from '../../ui/segments.tsx'
import { CodeMirror, offer } from './code-mirror.tsx'
import { keyCompletion, keyHints } from './json-hints.ts'
import { foundIn } from './json-search.ts'
import { readJson } from './json-text.ts'

export interface JsonEditorProps {
  readonly title: string
  readonly value: unknown
  /** What the keys may be: a JSON Schema where there is one. */
  readonly schema?: unknown
  /** What the value began with: hints where there is no schema. */
  readonly example?: unknown
  readonly isDisabled: boolean
  readonly onSave: (value: unknown) => void
  readonly onClose: () => void
}

/**
 * JSON as text, its keys completed, or as a tree that is searched and whose parts can be removed. Text that is no JSON
 * cannot be saved.
 */
export function JsonEditor(props: JsonEditorProps): ReactNode {
  const { title, value, schema, example, isDisabled, onSave, onClose } = props
  const { t } = useTranslation('fields')
  const [search, setSearch] = useState('')
  const hints = useMemo(() => keyHints(schema, example ?? value), [schema, example, value])
  const [text, setText] = useState(() => JSON.stringify(value, null, 2))
  const [mode, setMode] = useState<'text' | 'tree'>('text')
  const parsed = useMemo(() => readJson(text), [text])
  const extensions = useMemo(
    () => [json(), offer(keyCompletion(hints)), lintGutter(), linter(jsonParseLinter())],
    [hints],
  )
  const found = useMemo(() => (parsed.isValid ? foundIn(parsed.value, search) : undefined), [parsed, search])
  const save = (): void => {
    if (!parsed.isValid) return
    onSave(parsed.value)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      width="lg"
      tall
      testId="json-editor"
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" disabled={isDisabled || !parsed.isValid} onClick={save} data-testid="json-editor-save">
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="flex h-full flex-col gap-3">
        <Segments
          label={t('json.view')}
          value={mode}
          options={[
            { value: 'text', label: t('json.text') },
            { value: 'tree', label: t('json.tree') },
          ]}
          onChange={setMode}
        />
        {mode === 'tree' ? (
          <SearchInput value={search} onChange={setSearch} label={t('json.search')} testId="json-search" />
        ) : null}
        {mode === 'text' ? (
          <CodeMirror
            value={text}
            onChange={setText}
            label={title}
            extensions={extensions}
            isReadOnly={isDisabled}
            caret={0}
            className="flex-1"
          />
        ) : parsed.isValid ? (
          <div className="min-h-0 flex-1 overflow-auto rounded-md border border-border p-2">
            {found === undefined ? <p className="p-2 text-sm text-text-muted">{t('json.notFound')}</p> : null}
            <JsonTree
              // A search opens what it finds.
              key={search}
              value={found}
              isOpen={search.trim() !== ''}
              {...(!isDisabled && {
                onRemove: (path: readonly string[]) => setText(JSON.stringify(without(parsed.value, path), null, 2)),
              })}
            />
          </div>
        ) : null}
        {mode === 'text' && hints.length > 0 ? (
          <p className="line-clamp-3 text-text-muted text-xs" data-testid="json-hints">
            {t('json.keys')}{' '}
            {hints.map(({ key, type, info }) => (
              <span key={key} title={info || undefined} className="mr-2 font-mono">
                {key}
                {type ? `: ${type}` : ''}
              </span>
            ))}
          </p>
        ) : null}
        {parsed.isValid ? null : (
          <p role="alert" className="text-danger text-sm">
            {parsed.line === undefined ? t('json.invalid') : t('json.invalidAt', { line: parsed.line })}
          </p>
        )}
      </div>
    </Dialog>
  )
}

/** A value without one of its parts. */
function without(value: unknown, [key = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) {
    const index = Number(key)
    return rest.length === 0 ? value.toSpliced(index, 1) : value.with(index, without(value[index], rest))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      name !== key ? [[name, one]] : rest.length === 0 ? [] : [[name, without(one, rest)]],
    ),
  )
}
