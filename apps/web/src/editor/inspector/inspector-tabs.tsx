import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { TextArea } from '../../ui/input.tsx'
import { clockTime } from '../../ui/time.tsx'
import { setComponent } from '../commands/set-component.ts'
import { useEditorState, useRunState, useWorkspace } from '../editor-context.tsx'
import { labelOf } from '../fields/field-widget.ts'
import { useFromFlow } from '../from-flow.ts'
import { type FlowNode, nodeOf } from '../model/flow-document.ts'
import { canvasHandles, handleName } from '../model/handles.ts'
import { OutputValue } from '../output-inspector/output-value.tsx'
import { canInspect, shownOutputOf } from '../output-inspector/shown-output.ts'
import { fieldHistory } from './field-history.ts'

const NOTES_LENGTH = 10_000

/** What edges have brought to a node in the last run. */
export function InputTab({ node }: { readonly node: FlowNode }): ReactNode {
  const { t } = useTranslation('fields')
  const feeding = useFromFlow((document) =>
    document.edges.flatMap((edge) => {
      const source = edge.target === node.id ? nodeOf(document, edge.source) : undefined
      return source ? [{ edge, source }] : []
    }),
  )
  const runs = useRunState((state) => state.nodes)
  const given = feeding.flatMap(({ edge, source }) => {
    const handles = canvasHandles(edge)
    const output = source.data.node.outputs?.find(({ name }) => name === handleName(handles.source ?? ''))
    const run = runs.get(edge.source)
    const name = handleName(handles.target ?? '')
    return output && run && canInspect(shownOutputOf(run, output)) ? [{ edge, source, output, run, name }] : []
  })
  if (given.length === 0) return <Empty text={t('inspector.noInput')} />
  return (
    <div className="flex flex-col gap-4 px-4 pb-4">
      {given.map(({ edge, source, output, run, name }) => (
        <section key={edge.id} className="flex max-h-120 flex-col gap-2">
          <h3 className="font-medium text-sm">{labelOf(name, node.data.node.template[name] ?? {})}</h3>
          <p className="text-text-muted text-xs">
            {t('inspector.from', {
              node: componentText(source.data.node.display_name),
              output: labelOf(output.name, output),
            })}
          </p>
          <OutputValue node={source} output={output} run={run} />
        </section>
      ))}
    </div>
  )
}

/** What people write down about a node; kept with the flow. */
export function NotesTab({ node }: { readonly node: FlowNode }): ReactNode {
  const { t } = useTranslation('fields')
  const { editor } = useWorkspace()
  const isLocked = useEditorState((state) => state.isLocked)
  const { notes } = node.data.node
  return (
    <div className="px-4 pb-4">
      <TextArea
        autoFocus
        rows={10}
        value={typeof notes === 'string' ? notes : ''}
        maxLength={NOTES_LENGTH}
        disabled={isLocked}
        aria-label={t('inspector.notes')}
        placeholder={t('inspector.notesHint')}
        data-testid="node-notes"
        onChange={({ target: { value } }) =>
          editor.apply(
            setComponent,
            { nodeId: node.id, change: { notes: value === '' ? undefined : value } },
            { mergeKey: `notes ${node.id}` },
          )
        }
      />
    </div>
  )
}

/** How the fields of a node were changed since the flow was opened. */
export function HistoryTab({ node }: { readonly node: FlowNode }): ReactNode {
  const { t, i18n } = useTranslation('fields')
  const history = useEditorState((state) => state.history)
  const changes = useMemo(() => fieldHistory(history, node.id), [history, node.id])
  if (changes.length === 0) return <Empty text={t('inspector.noHistory')} />
  return (
    <ol className="flex flex-col" data-testid="field-history">
      {changes.map(({ field, label, before, after, at }) => (
        <li key={`${at} ${field}`} className="border-border border-b px-4 py-2 text-sm">
          <div className="flex justify-between gap-2">
            <span className="font-medium">{componentText(label)}</span>
            <span className="text-text-muted text-xs">{clockTime(at, i18n.language)}</span>
          </div>
          <div className="wrap-anywhere line-clamp-2 text-text-muted text-xs line-through">{shortText(before)}</div>
          <div className="wrap-anywhere line-clamp-3 text-xs">{shortText(after)}</div>
        </li>
      ))}
    </ol>
  )
}

const Empty = ({ text }: { readonly text: string }): ReactNode => (
  <p className="px-4 py-8 text-center text-sm text-text-muted">{text}</p>
)

const shortText = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 500) || '—'
