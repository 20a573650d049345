import { autocompletion } from '@codemirror/autocomplete'
import { type Range, RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { validatePrompt } from '@runnel/protocol/editing'
import { promptVariables } from '@runnel/protocol/prompt-template'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notify } from '../../ui/notifications.tsx'
import { Badge } from '../../ui/status.tsx'
import { fieldOwner } from '../commands/group-fields.ts'
import { refreshComponent } from '../commands/refresh-component.ts'
import { setField } from '../commands/set-field.ts'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import { labelOf, textOf } from '../fields/field-widget.ts'
import { type ComponentNode, nodeOf } from '../model/flow-document.ts'
import { CodeMirror } from './code-mirror.tsx'
import { promptParts } from './prompt-variables.ts'

export interface PromptEditorProps {
  readonly nodeId: string
  readonly name: string
  /** Variables are written `{{name}}`. */
  readonly doubled: boolean
  /** Where the caret starts, in characters. */
  readonly caret: number
  readonly onClose: () => void
}

/** A prompt, its variables marked and listed. Saving gives the node a field for each. */
export function PromptEditor({ nodeId, name, doubled, caret, onClose }: PromptEditorProps): ReactNode {
  const { t } = useTranslation('fields')
  const { editor } = useWorkspace()
  const isLocked = useEditorState((state) => state.isLocked)
  const [field] = useState(() => nodeOf(editor.getDocument(), nodeId)?.data.node.template[name] ?? {})
  const [text, setText] = useState(textOf(field.value))
  const [problem, setProblem] = useState<string>()
  const [isSaving, setSaving] = useState(false)
  const variables = promptVariables(text, { doubled })
  const invalid = promptParts(text, doubled).filter(({ kind }) => kind === 'invalid')
  const extensions = useMemo(() => [variableMarks(doubled), autocompletion({ activateOnTyping: false })], [doubled])

  async function save(): Promise<void> {
    setSaving(true)
    setProblem(undefined)
    try {
      const node = nodeOf(editor.getDocument(), nodeId)
      if (!node) return onClose()
      const owner = fieldOwner(node, name)
      const before = owner.node.data.node
      const sent: ComponentNode = {
        ...before,
        template: { ...before.template, [owner.field]: { ...before.template[owner.field], value: text } },
      }
      const { frontend_node: answer } = await client.call(validatePrompt, {
        body: { name: owner.field, template: text, frontend_node: sent, mustache: doubled },
      })
      const isChanged = editor.apply(setField, { nodeId, field: name, change: { value: text } })
      // The server answers with the node it was sent, and fields for the variables.
      if (answer) {
        const described = answer as unknown as ComponentNode
        editor.apply(refreshComponent, { nodeId, field: name, sent, answer: described }, { continues: isChanged })
      }
      notify(
        variables.length > 0 ? 'success' : 'notice',
        variables.length > 0 ? t('prompt.ready') : t('prompt.noVariables'),
      )
      onClose()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setSaving(false)
    }
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('prompt.title', { field: labelOf(name, field) })}
      description={doubled ? t('prompt.hintDoubled') : t('prompt.hint')}
      width="lg"
      tall
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            look="primary"
            disabled={isLocked || isSaving}
            onClick={() => void save()}
            data-testid="genericModalBtnSave"
          >
            {t('checkAndSave')}
          </Button>
        </>
      }
    >
      <div className="flex h-full flex-col gap-3">
        <CodeMirror
          value={text}
          onChange={setText}
          label={t('prompt.label')}
          extensions={extensions}
          isReadOnly={isLocked}
          caret={caret}
          className="flex-1"
          testId="modal-promptarea_prompt_template"
        />
        <section aria-label={t('prompt.variables')} className="flex flex-wrap items-center gap-1.5">
          <span className="font-medium text-sm">{t('prompt.variables')}</span>
          {variables.map((variable, index) => (
            <span key={variable} data-testid={`badge${index}`}>
              <Badge tone="accent">{variable}</Badge>
            </span>
          ))}
          {variables.length === 0 ? <span className="text-sm text-text-muted">{t('prompt.none')}</span> : null}
        </section>
        {invalid.map(({ from, name: wrong }) => (
          <p key={from} role="alert" className="text-danger text-sm">
            {t('prompt.invalid', { name: wrong })}
          </p>
        ))}
        {problem ? (
          <p role="alert" className="whitespace-pre-wrap text-danger text-sm">
            {problem}
          </p>
        ) : null}
      </div>
    </Dialog>
  )
}

const MARKS = {
  variable: Decoration.mark({ attributes: { style: 'color: var(--accent); font-weight: 600' } }),
  invalid: Decoration.mark({
    attributes: { style: 'text-decoration: underline wavy var(--danger); text-underline-offset: 3px' },
  }),
}

/** Colours the variables of a prompt. Prompts are short: all of it is marked anew at each change. */
const variableMarks = (doubled: boolean) =>
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      constructor(view: EditorView) {
        this.decorations = marksOf(view.state.doc.toString(), doubled)
      }
      update(update: ViewUpdate): void {
        if (update.docChanged) this.decorations = marksOf(update.state.doc.toString(), doubled)
      }
    },
    { decorations: (plugin) => plugin.decorations },
  )

function marksOf(text: string, doubled: boolean): DecorationSet {
  const marks: Range<Decoration>[] = promptParts(text, doubled).flatMap((part) =>
    part.kind === 'text' ? [] : [MARKS[part.kind].range(part.from, part.from + part.text.length)],
  )
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to, value } of marks) builder.add(from, to, value)
  return builder.finish()
}
