import { javascript } from '@codemirror/lang-javascript'
import { python } from '@codemirror/lang-python'
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint'
import { describeNode, validateCode } from '@runnel/protocol/editing'
import { type ReactNode, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { componentText } from '../../i18n/component-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { lazily } from '../../ui/lazily.ts'
import { notify } from '../../ui/notifications.tsx'
import { refreshComponent } from '../commands/refresh-component.ts'
import { setField } from '../commands/set-field.ts'
import { useCatalogue, useEditorState, useWorkspace } from '../editor-context.tsx'
import { textOf } from '../fields/field-widget.ts'
import { useTellLostEdges } from '../fields/use-tell-lost-edges.ts'
import { type ComponentNode, nodeOf } from '../model/flow-document.ts'
import { readFlaw } from './code-flaw.ts'
import { CodeFlaws } from './code-flaws.tsx'
import { CodeMirror, offer } from './code-mirror.tsx'
import { componentWords } from './component-words.ts'

const TextDifference = lazily(async () => (await import('./text-difference.tsx')).TextDifference)
const PYTHON = python()
const TYPESCRIPT = javascript({ typescript: true })

export interface CodeEditorProps {
  readonly nodeId: string
  /** The field that holds the source; `code` for that of the component itself. */
  readonly name: string
  readonly onClose: () => void
}

/** Source text: checked by the server, which then describes the node anew. */
export function CodeEditor({ nodeId, name, onClose }: CodeEditorProps): ReactNode {
  const { t } = useTranslation('fields')
  const { editor, ui } = useWorkspace()
  const catalogue = useCatalogue()
  const tellLostEdges = useTellLostEdges()
  const isLocked = useEditorState((state) => state.isLocked)
  const [node] = useState(() => nodeOf(editor.getDocument(), nodeId))
  const saved = textOf(node?.data.node.template[name]?.value)
  const stock = name === 'code' ? textOf(catalogue.find(node?.data.type ?? '')?.component.template.code?.value) : ''
  const [text, setText] = useState(saved)
  const [problem, setProblem] = useState<{ readonly title: string; readonly lines: readonly string[] }>()
  const [isSaving, setSaving] = useState(false)
  const [isLeaving, setLeaving] = useState(false)
  const [isComparing, setComparing] = useState(false)
  const [place, setPlace] = useState<{ readonly line: number }>()
  const isOwn = name === 'code'
  const isTypeScript = isModule(saved)
  const extensions = useMemo(
    () => [
      isTypeScript ? TYPESCRIPT : PYTHON,
      offer(componentWords(isTypeScript)),
      lintGutter(),
      linter(serverCheck, { delay: 600 }),
    ],
    [isTypeScript],
  )

  function refuse(title: string, lines: readonly string[]): false {
    setProblem({ title, lines })
    const line = lines.map((message) => readFlaw(message).line).find((found) => found !== undefined)
    if (line !== undefined) goTo(line)
    return false
  }
  function goTo(line: number): void {
    setComparing(false)
    setPlace({ line })
  }

  async function save(): Promise<boolean> {
    const current = nodeOf(editor.getDocument(), nodeId)
    if (!current) return true
    setSaving(true)
    setProblem(undefined)
    try {
      const { imports, function: body } = await client.call(validateCode, { body: { code: text } })
      const errors = [...imports.errors, ...body.errors]
      if (errors.length > 0) return refuse(t('code.invalid'), errors)
      if (!isOwn) editor.apply(setField, { nodeId, field: name, change: { value: text } })
      else {
        const sent = current.data.node
        const { data } = await client.call(describeNode, {
          body: { code: text, frontend_node: { ...sent, type: current.data.type } },
        })
        const before = editor.getDocument()
        // The server describes nodes in the same words as its catalogue.
        const answer = { ...(data as unknown as ComponentNode), edited: text !== stock }
        editor.apply(refreshComponent, { nodeId, sent, answer })
        tellLostEdges(before, editor.getDocument())
        if (ui.getState().unwritten === nodeId) ui.setState({ unwritten: undefined })
      }
      notify('success', t('code.saved'))
      return true
    } catch (error) {
      return refuse(t('code.refused'), [error instanceof Error ? error.message : String(error)])
    } finally {
      setSaving(false)
    }
  }
  /** What is written may be right now: it is checked anew when it is saved. */
  const write = (written: string): void => {
    setText(written)
    setProblem(undefined)
  }
  const close = (): void => (text === saved ? onClose() : setLeaving(true))
  const saveAndClose = (): void => void save().then((isDone) => isDone && onClose())

  return (
    <Dialog
      open
      onOpenChange={close}
      title={t('code.title', { name: componentText(node?.data.node.display_name ?? nodeId) })}
      description={isOwn ? (isTypeScript ? t('code.hintTypeScript') : t('code.hint')) : undefined}
      width="xl"
      tall
      testId="code-editor"
      footer={
        <>
          {isOwn && stock !== '' ? (
            <>
              <Button className="mr-auto" onClick={() => setComparing(!isComparing)} aria-pressed={isComparing}>
                {t('code.compare')}
              </Button>
              <Button disabled={isLocked || text === stock} onClick={() => write(stock)}>
                {t('code.restore')}
              </Button>
            </>
          ) : null}
          <Button onClick={close}>{t('cancel')}</Button>
          <Button look="primary" disabled={isLocked || isSaving} onClick={saveAndClose} data-testid="checkAndSaveBtn">
            {t('checkAndSave')}
          </Button>
        </>
      }
    >
      {isLeaving ? (
        <UnsavedCode
          onStay={() => setLeaving(false)}
          onDiscard={onClose}
          {...(!isLocked && {
            onSave() {
              setLeaving(false)
              saveAndClose()
            },
          })}
        />
      ) : null}
      <div className="flex h-full flex-col gap-3">
        {isComparing ? (
          <Suspense fallback={null}>
            <TextDifference
              before={stock}
              after={text}
              language={isTypeScript ? TYPESCRIPT : PYTHON}
              className="flex-1"
            />
          </Suspense>
        ) : null}
        <CodeMirror
          value={text}
          onChange={write}
          label={t('code.label')}
          extensions={extensions}
          isReadOnly={isLocked}
          caret={0}
          goTo={place}
          indents
          // Kept while the texts are compared, with all that can be undone in it.
          className={isComparing ? 'hidden' : 'flex-1'}
          testId="code-area"
        />
        {problem ? <CodeFlaws title={problem.title} messages={problem.lines} onGoTo={goTo} /> : null}
      </div>
    </Dialog>
  )
}

interface UnsavedCodeProps {
  readonly onStay: () => void
  readonly onDiscard: () => void
  readonly onSave?: () => void
}

/** Asks before changes are left behind. */
function UnsavedCode({ onStay, onDiscard, onSave }: UnsavedCodeProps): ReactNode {
  const { t } = useTranslation('fields')
  return (
    <Dialog
      open
      onOpenChange={onStay}
      title={t('code.unsavedTitle')}
      width="sm"
      testId="unsaved-code"
      footer={
        <>
          <Button onClick={onStay}>{t('cancel')}</Button>
          <Button look="danger" onClick={onDiscard} data-testid="discard-code">
            {t('code.discard')}
          </Button>
          {onSave ? (
            <Button look="primary" onClick={onSave} data-testid="save-unsaved-code">
              {t('checkAndSave')}
            </Button>
          ) : null}
        </>
      }
    >
      <p className="text-sm">{t('code.unsaved')}</p>
    </Dialog>
  )
}

/** Components of this product are modules; those of Langflow's files are classes in Python. */
const isModule = (source: string): boolean => /^\s*(import|export)\b[^\n]*['"{]/m.test(source)

/** What the server says of the source, at the lines it names. */
async function serverCheck(view: {
  readonly state: {
    readonly doc: {
      toString(): string
      readonly lines: number
      line(number: number): { readonly from: number; readonly to: number }
    }
  }
}): Promise<readonly Diagnostic[]> {
  const { doc } = view.state
  const code = doc.toString()
  if (code.trim() === '') return []
  const { imports, function: body } = await client.call(validateCode, { body: { code } })
  return [...imports.errors, ...body.errors].map((message) => {
    const { line = 1, text } = readFlaw(message)
    const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines))
    return { from, to, severity: 'error', message: text }
  })
}
