import { type FocusEvent, type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing, TextArea, TextInput } from '../../ui/input.tsx'
import { setComponent } from '../commands/set-component.ts'
import { useWorkspace } from '../editor-context.tsx'
import type { ComponentNode } from '../model/flow-document.ts'

const DESCRIPTION_LENGTH = 1000

export interface NodeNameEditorProps {
  readonly nodeId: string
  readonly node: ComponentNode
  readonly onDone: () => void
}

/** Name and description of a node while they are edited: Enter and a click elsewhere keep both, Escape keeps neither. */
export function NodeNameEditor({ nodeId, node, onDone }: NodeNameEditorProps): ReactNode {
  const { t } = useTranslation('fields')
  const { editor } = useWorkspace()
  const [name, setName] = useState(node.display_name)
  const [description, setDescription] = useState(node.description)
  const save = (): void => {
    const change = { display_name: name.trim() || node.display_name, description: description.trim() }
    const isChanged = change.display_name !== node.display_name || change.description !== node.description
    if (isChanged) editor.apply(setComponent, { nodeId, change })
    onDone()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return
    event.stopPropagation()
    const isLine = event.target instanceof HTMLInputElement
    if (event.key === 'Escape') onDone()
    else if (event.key === 'Enter' && (isLine || event.ctrlKey || event.metaKey)) save()
  }
  const onBlur = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) save()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears what its two inputs pass on
    <div className="nodrag flex flex-col gap-1 p-2" onBlur={onBlur} onKeyDown={onKeyDown}>
      <TextInput
        autoFocus
        value={name}
        aria-label={t('node.name')}
        data-testid={`input-title-${node.display_name}`}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setName(event.target.value)}
        className="font-semibold"
      />
      <TextArea
        rows={3}
        value={description}
        maxLength={DESCRIPTION_LENGTH}
        aria-label={t('node.description')}
        data-testid="textarea"
        onChange={(event) => setDescription(event.target.value)}
        className="resize-none text-xs"
      />
    </div>
  )
}
