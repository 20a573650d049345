import { Code, Copy, ExternalLink, Maximize2, Minimize2, RotateCcw, X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { copyText } from '../../ui/copy-text.ts'
import { notify } from '../../ui/notifications.tsx'
import { ResizeEdge } from '../../ui/resize-edge.tsx'
import { Segments } from '../../ui/segments.tsx'
import { setFields } from '../commands/set-fields.ts'
import { ComponentIcon } from '../component-icon.tsx'
import { useCatalogue, useEditorState, useRunState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { labelOf } from '../fields/field-widget.ts'
import { safeAddress } from '../fields/safe-address.ts'
import { type FlowNode, isField, isNote } from '../model/flow-document.ts'
import { inspectedFields } from '../node/node-parts.ts'
import { hasSource } from '../node-toolbar/node-actions.ts'
import { OutputLogs } from '../output-inspector/output-logs.tsx'
import { OutputValue } from '../output-inspector/output-value.tsx'
import { canInspect, shownOutputOf } from '../output-inspector/shown-output.ts'
import { INSPECTOR_WIDTHS, remember, useRemembered } from '../remembered.ts'
import { idleNode } from '../run/node-run.ts'
import { HistoryTab, InputTab, NotesTab } from './inspector-tabs.tsx'
import { NodeFieldList } from './node-fields.tsx'
import { SelectedFields } from './selected-fields.tsx'
import { asStock, differs } from './stock-value.ts'

/** What is selected, in full: the fields of a node and what it gave, or what several nodes have in common. */
export function Inspector(): ReactNode {
  const { t } = useTranslation('fields')
  const { ui } = useWorkspace()
  const width = useRemembered(({ inspectorWidth }) => inspectorWidth)
  const [isFull, setFull] = useState(false)
  const selected = useEditorState((state) => state.selection.nodes)
  const all = useEditorState((state) => state.document.nodes)
  const nodes = all.filter((node) => selected.has(node.id) && !isNote(node))
  const [node] = nodes
  return (
    <aside
      aria-label={t('inspector.label')}
      data-testid="inspector"
      style={isFull ? undefined : { width }}
      className={classNames(
        'flex flex-col border-border border-l bg-surface',
        isFull
          ? 'fixed inset-0 z-40'
          : 'relative h-full shrink-0 max-md:fixed max-md:inset-0 max-md:z-40 max-md:w-full!',
      )}
    >
      {isFull ? null : (
        <ResizeEdge
          label={t('inspector.width')}
          side="left"
          value={width}
          {...INSPECTOR_WIDTHS}
          onChange={(inspectorWidth) => remember({ inspectorWidth })}
        />
      )}
      <div className="flex items-center gap-2 border-border border-b px-4 py-2">
        <h2 className="flex-1 truncate font-semibold text-sm">
          {nodes.length > 1 ? t('inspector.several', { count: nodes.length }) : t('inspector.label')}
        </h2>
        <IconButton
          label={t(isFull ? 'inspector.notFull' : 'inspector.full')}
          size="sm"
          data-testid="inspector-full"
          onClick={() => setFull(!isFull)}
        >
          {isFull ? <Minimize2 size={14} /> : <Maximize2 size={14} />}
        </IconButton>
        <IconButton label={t('close')} size="sm" onClick={() => ui.setState({ rightPanel: undefined })}>
          <X size={14} />
        </IconButton>
      </div>
      {nodes.length > 1 ? (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <SelectedFields nodes={nodes} />
        </div>
      ) : node ? (
        <InspectedNode key={node.id} node={node} />
      ) : (
        <p className="px-6 py-12 text-center text-sm text-text-muted">{t('inspector.empty')}</p>
      )}
    </aside>
  )
}

function InspectedNode({ node }: { readonly node: FlowNode }): ReactNode {
  const { t } = useTranslation('fields')
  const [tab, setTab] = useState<'fields' | 'input' | 'output' | 'logs' | 'notes' | 'history'>('fields')
  const { ui } = useWorkspace()
  const isCommented = useWorkspaceUi(({ commented }) => commented === node.id)
  useEffect(() => {
    if (!isCommented) return
    setTab('notes')
    ui.setState({ commented: undefined })
  }, [isCommented, ui])
  const run = useRunState((state) => state.nodes.get(node.id)) ?? idleNode
  const outputs = (node.data.node.outputs ?? []).filter((output) => canInspect(shownOutputOf(run, output)))
  return (
    <>
      <InspectorHead node={node} />
      <div className="px-4 pb-3">
        <Segments
          label={t('inspector.tabs')}
          size="sm"
          value={tab}
          options={[
            { value: 'fields', label: t('inspector.fields') },
            { value: 'input', label: t('inspector.input') },
            { value: 'output', label: t('output.outputs') },
            { value: 'logs', label: t('output.logs') },
            { value: 'notes', label: t('inspector.notes') },
            { value: 'history', label: t('inspector.history') },
          ]}
          onChange={setTab}
        />
      </div>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        {tab === 'fields' ? <NodeFieldList node={node} /> : null}
        {tab === 'output' ? (
          <div className="flex flex-col gap-4 px-4 pb-4">
            {outputs.map((output) => (
              <section key={output.name} className="flex max-h-120 flex-col gap-2">
                <h3 className="font-medium text-sm">{labelOf(output.name, output)}</h3>
                <OutputValue node={node} output={output} run={run} />
              </section>
            ))}
            {outputs.length === 0 ? (
              <p className="py-8 text-center text-sm text-text-muted">{t('output.nothing')}</p>
            ) : null}
          </div>
        ) : null}
        {tab === 'input' ? <InputTab node={node} /> : null}
        {tab === 'notes' ? <NotesTab node={node} /> : null}
        {tab === 'history' ? <HistoryTab node={node} /> : null}
        {tab === 'logs' ? (
          <div className="px-4 pb-4">
            <OutputLogs logs={Object.entries(run.logs)} />
          </div>
        ) : null}
      </div>
    </>
  )
}

/** Who a node is, and how far it is from what its component begins with. */
function InspectorHead({ node }: { readonly node: FlowNode }): ReactNode {
  const { t } = useTranslation('fields')
  const { editor, ui, refresh } = useWorkspace()
  const catalogue = useCatalogue()
  const isLocked = useEditorState((state) => state.isLocked)
  const component = node.data.node
  const stock = catalogue.find(node.data.type)?.component.template
  const docs = safeAddress(component.documentation ?? '')
  const changed = inspectedFields(component).filter(([name, field]) => {
    const original: unknown = stock?.[name]
    return isField(original) && differs(field, original)
  })
  const reset = (): void => {
    editor.apply(setFields, {
      changes: changed.map(([name, field]) => ({
        nodeId: node.id,
        field: name,
        change: asStock(field, stock?.[name]),
      })),
    })
    for (const [name, field] of changed) if (field.real_time_refresh) refresh.changed(node.id, name)
  }
  const copyId = (): void => void copyText(node.id).then(() => notify('success', t('inspector.idCopied')))
  return (
    <div className="flex flex-col gap-1 px-4 py-3">
      <div className="flex items-center gap-2">
        <ComponentIcon name={component.icon} size={18} />
        <span className="min-w-0 flex-1 truncate font-semibold">{componentText(component.display_name)}</span>
        {docs ? (
          <a
            href={docs}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={t('menu.docs')}
            className="grid size-6 place-items-center rounded-md text-text-muted hover:bg-surface-hover"
          >
            <ExternalLink size={13} />
          </a>
        ) : null}
        {hasSource(node) ? (
          <IconButton
            label={t('menu.code')}
            size="sm"
            onClick={() => ui.setState({ nodePanel: { nodeId: node.id, panel: 'code' } })}
          >
            <Code size={14} />
          </IconButton>
        ) : null}
      </div>
      <div className="flex items-center gap-1 text-text-muted text-xs">
        <span className="font-mono">{node.data.type}</span>
        <span>·</span>
        <span className="truncate font-mono">{node.id}</span>
        <IconButton label={t('inspector.copyId')} size="sm" onClick={copyId}>
          <Copy size={11} />
        </IconButton>
      </div>
      {typeof component.lf_version === 'string' ? (
        <p className="text-text-muted text-xs">{t('inspector.version', { version: component.lf_version })}</p>
      ) : null}
      {component.frozen ? <p className="text-frozen text-xs">{t('inspector.frozen')}</p> : null}
      {changed.length > 0 ? (
        <div className="flex items-center justify-between text-text-muted text-xs">
          {t('inspector.changed', { count: changed.length })}
          <Button size="sm" look="ghost" disabled={isLocked} onClick={reset} data-testid="reset-all-fields">
            <RotateCcw size={12} />
            {t('inspector.resetAll')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
