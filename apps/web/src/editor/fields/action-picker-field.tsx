import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextInput } from '../../ui/input.tsx'
import { setActions } from '../commands/set-actions.ts'
import { useWorkspace } from '../editor-context.tsx'
import { actionId, actionsOf } from '../model/actions.ts'
import { NodeButton } from '../node/node-button.tsx'
import { type FieldWidgetProps, labelOf, testIdOf } from './field-widget.ts'

/** What somebody can decide; each decision leaves the node by an output of its own, whose edges a new name keeps. */
export function ActionPickerField({ nodeId, name, field, isDisabled, surface }: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('fields')
  const { editor } = useWorkspace()
  const actions = actionsOf(field.value)
  const write = (next: readonly string[], renamed?: { readonly from: string; readonly to: string }): void =>
    void editor.apply(setActions, { nodeId, field: name, actions: next, ...(renamed && { renamed }) })
  const isTaken = (text: string, at: number): boolean =>
    actions.some((one, index) => index !== at && actionId(one) === actionId(text))
  const move = (from: number, to: number): void => {
    const [one] = actions.slice(from, from + 1)
    if (one !== undefined) write(actions.toSpliced(from, 1).toSpliced(to, 0, one))
  }
  const free = (): string => {
    for (let number = actions.length + 1; ; number++) {
      const text = t('actions.new', { number })
      if (!isTaken(text, -1)) return text
    }
  }
  const testId = testIdOf(surface, name)
  return (
    <div className="nodrag flex flex-col gap-1">
      <ol className="flex flex-col gap-1" aria-label={labelOf(name, field)}>
        {actions.map((action, index) => (
          <Row
            key={action}
            action={action}
            label={t('entry', { field: labelOf(name, field), number: index + 1 })}
            isDisabled={isDisabled}
            isTaken={(text) => isTaken(text, index)}
            onRename={(to) => write(actions.with(index, to), { from: action, to })}
            testId={`action_${testId}_${index}`}
          >
            <NodeButton
              label={t('moveUp', { name: action })}
              disabled={isDisabled || index === 0}
              onClick={() => move(index, index - 1)}
            >
              <ArrowUp size={12} />
            </NodeButton>
            <NodeButton
              label={t('moveDown', { name: action })}
              disabled={isDisabled || index === actions.length - 1}
              onClick={() => move(index, index + 1)}
            >
              <ArrowDown size={12} />
            </NodeButton>
            <NodeButton
              label={t('removeOne', { name: action })}
              disabled={isDisabled || actions.length === 1}
              onClick={() => write(actions.toSpliced(index, 1))}
            >
              <X size={12} />
            </NodeButton>
          </Row>
        ))}
      </ol>
      <NodeButton
        label={t('actions.add')}
        className="self-start"
        disabled={isDisabled}
        data-testid={`action_add_${testId}`}
        onClick={() => write([...actions, free()])}
      >
        <Plus size={13} />
      </NodeButton>
    </div>
  )
}

interface RowProps {
  readonly action: string
  readonly label: string
  readonly isDisabled: boolean
  readonly isTaken: (text: string) => boolean
  readonly onRename: (to: string) => void
  readonly testId: string
  readonly children: ReactNode
}

/** A name takes effect when it is left: half of one is nothing to draw an edge from. */
function Row({ action, label, isDisabled, isTaken, onRename, testId, children }: RowProps): ReactNode {
  const { t } = useTranslation('fields')
  const [text, setText] = useState(action)
  const problem = actionId(text) === '' ? 'empty' : isTaken(text) ? 'taken' : undefined
  const take = (): void => {
    if (problem) setText(action)
    else if (text.trim() !== action) onRename(text.trim())
  }
  return (
    <li className="flex flex-col gap-0.5">
      <span className="flex items-center gap-0.5">
        <TextInput
          value={text}
          aria-label={label}
          aria-invalid={problem !== undefined}
          disabled={isDisabled}
          onChange={(event) => setText(event.target.value)}
          onBlur={take}
          onEnter={take}
          data-testid={testId}
        />
        {children}
      </span>
      {problem ? (
        <span role="alert" className="text-danger text-xs">
          {t(`actions.${problem}`)}
        </span>
      ) : null}
    </li>
  )
}
