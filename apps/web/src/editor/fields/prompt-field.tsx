import { type MouseEvent, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lazily } from '../../ui/lazily.ts'
import { fieldOwner } from '../commands/group-fields.ts'
import { useEditorState } from '../editor-context.tsx'
import { isMustache } from '../editors/mustache.ts'
import { promptParts } from '../editors/prompt-variables.ts'
import { nodeOf } from '../model/flow-document.ts'
import { type FieldWidgetProps, placeholderOf, testIdOf, textOf } from './field-widget.ts'

const PromptEditor = lazily(async () => (await import('../editors/prompt-editor.tsx')).PromptEditor)

/** A prompt with its variables marked; a click opens the editor at that place. */
export function PromptField({ nodeId, name, field, labelId, surface }: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('fields')
  const [caret, setCaret] = useState<number>()
  const doubled = useEditorState((state) => {
    const node = nodeOf(state.document, nodeId)
    return isMustache(field, node && fieldOwner(node, name).node.data.node)
  })
  const text = textOf(field.value)
  return (
    <>
      <button
        type="button"
        aria-describedby={labelId}
        onClick={(event) => setCaret(caretAt(event))}
        data-testid={`promptarea_prompt_${testIdOf(surface, name)}`}
        className="nodrag nowheel flex min-h-16 w-full items-start rounded-md border border-border bg-surface px-2.5 py-1.5 text-left text-sm hover:border-border-strong"
      >
        <span className="line-clamp-6 min-w-0 flex-1 whitespace-pre-wrap break-words">
          {text === '' ? (
            <span className="text-text-faint">{placeholderOf(field, t('prompt.empty'))}</span>
          ) : (
            promptParts(text, doubled).map((part) => (
              <span
                key={part.from}
                data-from={part.from}
                className={part.kind === 'text' ? undefined : part.kind === 'variable' ? 'text-accent' : 'text-danger'}
              >
                {part.text}
              </span>
            ))
          )}
        </span>
      </button>
      {caret !== undefined ? (
        <Suspense fallback={null}>
          <PromptEditor
            nodeId={nodeId}
            name={name}
            doubled={doubled}
            caret={caret}
            onClose={() => setCaret(undefined)}
          />
        </Suspense>
      ) : null}
    </>
  )
}

/** The place in the text that was clicked; its end for the keyboard, which has clicked nowhere. */
function caretAt({ clientX, clientY, detail }: MouseEvent): number {
  const [node, offset] = detail === 0 ? [] : textAt(clientX, clientY)
  const part = node?.parentElement?.closest<HTMLElement>('[data-from]')
  return part ? Number(part.dataset.from) + (offset ?? 0) : Number.MAX_SAFE_INTEGER
}

/** The text at a point of the window, and how many of its characters are before the point. */
function textAt(x: number, y: number): readonly [node?: Node, offset?: number] {
  // Browsers of 2024 know it only by its older name.
  if ('caretPositionFromPoint' in document) {
    const place = document.caretPositionFromPoint(x, y)
    return place ? [place.offsetNode, place.offset] : []
  }
  const range = (document as Document).caretRangeFromPoint(x, y)
  return range ? [range.startContainer, range.startOffset] : []
}
