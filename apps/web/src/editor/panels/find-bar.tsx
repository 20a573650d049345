import { ChevronDown, ChevronUp, Replace, ReplaceAll, X } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { isComposing, TextInput } from '../../ui/input.tsx'
import { notify } from '../../ui/notifications.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { replaceable, replaceText } from '../commands/replace-text.ts'
import { useEditorState, useRunState, useWorkspace } from '../editor-context.tsx'
import { mentions } from '../model/mentions.ts'

const focusAtOnce = (element: HTMLElement | null): void => element?.focus()

/** Finds nodes by anything in them and goes from one to the next. */
export function FindBar(): ReactNode {
  const { t } = useTranslation('editor')
  const { ui, editor } = useWorkspace()
  const { context } = useActions()
  const nodes = useEditorState((state) => state.document.nodes)
  const [search, setSearch] = useState('')
  const [at, setAt] = useState(0)
  const [replacement, setReplacement] = useState<string>()
  const isLocked = useEditorState((state) => state.isLocked)
  const runs = useRunState((state) => state.nodes)
  const found = useMemo(
    () => (search.trim() === '' ? [] : nodes.filter((node) => mentions(node, runs.get(node.id)?.message, search))),
    [nodes, runs, search],
  )
  const current = found[at % Math.max(1, found.length)]?.id

  const show = useCallback(
    (id: string): void => {
      editor.select({ nodes: new Set([id]), edges: new Set() })
      context.view.fit([id])
    },
    [editor, context],
  )
  useEffect(() => {
    if (current !== undefined) show(current)
  }, [current, show])

  const close = (): void => ui.setState({ isFindOpen: false })
  const step = (by: number): void => {
    setAt((now) => (now + by + found.length) % Math.max(1, found.length))
    // The only one may have gone out of view.
    if (found.length === 1 && current !== undefined) show(current)
  }

  async function replaceAll(by: string): Promise<void> {
    const { texts, nodes: count } = replaceable(editor.getDocument(), { search, by })
    if (texts === 0) {
      notify('notice', t('find.nothingToReplace'))
      return
    }
    const isSure = await confirm({
      title: t('find.confirm', { count: texts }),
      text: t('find.confirmText', { search, by, count }),
      confirm: t('find.replaceAll'),
    })
    if (isSure && editor.apply(replaceText, { search, by })) notify('success', t('find.replaced', { count: texts }))
  }
  return (
    <search className="absolute top-3 left-1/2 z-10 flex w-max -translate-x-1/2 flex-col gap-1 rounded-md border border-border bg-surface p-1 shadow-2">
      <div className="flex items-center gap-1">
        <TextInput
          ref={focusAtOnce}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value)
            setAt(0)
          }}
          onKeyDown={(event) => {
            if (isComposing(event)) return
            if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
            if (event.key === 'Escape') close()
          }}
          placeholder={t('find.placeholder')}
          aria-label={t('actions.find')}
          className="w-60"
        />
        <span role="status" className="min-w-14 text-center text-text-muted text-xs">
          {search.trim() === '' ? '' : t('find.count', { at: found.length === 0 ? 0 : at + 1, count: found.length })}
        </span>
        <IconButton label={t('find.previous')} size="sm" onClick={() => step(-1)}>
          <ChevronUp size={14} />
        </IconButton>
        <IconButton label={t('find.next')} size="sm" onClick={() => step(1)}>
          <ChevronDown size={14} />
        </IconButton>
        <IconButton
          label={t('find.showReplace')}
          size="sm"
          disabled={isLocked}
          aria-pressed={replacement !== undefined}
          data-testid="show-replace"
          onClick={() => setReplacement(replacement === undefined ? '' : undefined)}
        >
          <Replace size={14} />
        </IconButton>
        <IconButton label={t('find.close')} size="sm" onClick={close}>
          <X size={14} />
        </IconButton>
      </div>
      {replacement === undefined || isLocked ? null : (
        <div className="flex items-center gap-1">
          <TextInput
            value={replacement}
            onChange={(event) => setReplacement(event.target.value)}
            placeholder={t('find.replaceWith')}
            aria-label={t('find.replaceWith')}
            className="w-60"
          />
          <Button
            size="sm"
            disabled={search.trim() === ''}
            onClick={() => void replaceAll(replacement)}
            data-testid="replace-all"
          >
            <ReplaceAll size={14} />
            {t('find.replaceAll')}
          </Button>
        </div>
      )}
    </search>
  )
}
