import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { isComposing, TextInput } from '../../ui/input.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import type { FlowNode } from '../model/flow-document.ts'

/** Finds nodes by anything in them and goes from one to the next (W-125). */
export function FindBar(): ReactNode {
  const isOpen = useWorkspaceUi(({ isFindOpen }) => isFindOpen)
  return isOpen ? <OpenFindBar /> : null
}

const focusAtOnce = (element: HTMLElement | null): void => element?.focus()

function OpenFindBar(): ReactNode {
  const { t } = useTranslation('editor')
  const { ui, editor } = useWorkspace()
  const { context } = useActions()
  const nodes = useEditorState((state) => state.document.nodes)
  const [search, setSearch] = useState('')
  const [at, setAt] = useState(0)
  const found = useMemo(
    () => (search.trim() === '' ? [] : nodes.filter((node) => mentions(node, search))),
    [nodes, search],
  )
  const current = found[at % Math.max(1, found.length)]?.id

  useEffect(() => {
    if (current === undefined) return
    editor.select({ nodes: new Set([current]), edges: new Set() })
    context.view.fit([current])
  }, [current, editor, context])

  const close = (): void => ui.setState({ isFindOpen: false })
  const step = (by: number): void => setAt((now) => (now + by + found.length) % Math.max(1, found.length))
  return (
    <search className="absolute top-3 left-1/2 z-10 flex -translate-x-1/2 items-center gap-1 rounded-md border border-border bg-surface p-1 shadow-2">
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
      <IconButton label={t('find.close')} size="sm" onClick={close}>
        <X size={14} />
      </IconButton>
    </search>
  )
}

/** Name, id, description and what the fields hold; never a secret, nor source code. */
function mentions({ id, data }: FlowNode, search: string): boolean {
  const wanted = search.trim().toLowerCase()
  const { display_name, description, template } = data.node
  const values = Object.values(template ?? {}).flatMap((field) =>
    field?.password || field?.type === 'code' || typeof field?.value !== 'string' ? [] : [field.value],
  )
  return [id, display_name, description, ...values].some((text) => text?.toLowerCase().includes(wanted))
}
