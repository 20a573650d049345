import type { NodeProps } from '@xyflow/react'
import { CircleAlert, CircleCheck, LoaderCircle, Play } from 'lucide-react'
import { memo, type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Badge } from '../../ui/status.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { ComponentIcon } from '../component-icon.tsx'
import { useEditorState, useRunState, useWorkspace } from '../editor-context.tsx'
import { FieldRow } from '../fields/field-row.tsx'
import { takesEdges } from '../model/compatibility.ts'
import { fieldsOf, type NodeOutput, type TemplateField } from '../model/flow-document.ts'
import { canvasHandles, fieldHandleId, handleName, outputHandleId, typesGiven } from '../model/handles.ts'
import { idleNode } from '../run/node-run.ts'
import type { CanvasNode } from './canvas-nodes.ts'
import { HandleDot } from './handle-dot.tsx'

/** The names of the fields edges come into, as one text so that a node is drawn anew only when they change. */
const useConnectedFields = (nodeId: string): ReadonlySet<string> => {
  const names = useEditorState((state) =>
    state.document.edges
      .filter((edge) => edge.target === nodeId)
      .map((edge) => handleName(canvasHandles(edge).target ?? ''))
      .join('\n'),
  )
  return useMemo(() => new Set(names.split('\n')), [names])
}

/** A component on the canvas. */
export const ComponentNodeView = memo(function ComponentNodeView({
  id,
  data,
  selected,
}: NodeProps<CanvasNode>): ReactNode {
  const { t } = useTranslation('editor')
  const { node } = data.flowNode
  const connected = useConnectedFields(id)
  const run = useRunState((state) => state.nodes.get(id)) ?? idleNode
  const isMinimised = data.flowNode.showNode === false
  const fields = useMemo(
    () => fieldsOf(node).filter(([name, field]) => isOnNode(name, field) || connected.has(name)),
    [node, connected],
  )
  const outputs = (node.outputs ?? []).filter(({ hidden }) => !hidden)
  return (
    <div
      data-testid="div-generic-node"
      className={classNames(
        'rounded-lg border bg-surface shadow-1',
        isMinimised ? 'w-48' : 'w-80',
        run.status === 'failed'
          ? 'border-danger'
          : run.status === 'running'
            ? 'border-info'
            : selected
              ? 'border-accent'
              : 'border-border',
        selected && 'ring-2 ring-accent/40',
      )}
    >
      <header className="flex items-center gap-2 px-3 py-2.5" data-testid={`title-${node.display_name}`}>
        <ComponentIcon name={node.icon} size={18} />
        <span className="min-w-0 flex-1 truncate font-semibold text-sm">{node.display_name}</span>
        {node.beta ? <Badge tone="info">{t('node.beta')}</Badge> : null}
        {node.legacy ? <Badge tone="warning">{t('node.legacy')}</Badge> : null}
        <NodeStatus nodeId={id} name={node.display_name} />
      </header>
      {isMinimised ? null : (
        <>
          {node.description ? (
            <p className="line-clamp-3 px-3 pb-2 text-text-muted text-xs">{node.description}</p>
          ) : null}
          <div className="flex flex-col gap-3 border-border border-t px-3 py-3">
            {fields.map(([name, field]) => (
              <div key={name} className="relative">
                {takesEdges(field) ? <FieldHandle nodeId={id} name={name} field={field} isMinimised={false} /> : null}
                <FieldRow nodeId={id} name={name} field={field} isConnected={connected.has(name)} surface="node" />
              </div>
            ))}
          </div>
        </>
      )}
      <div
        className={
          isMinimised
            ? 'pointer-events-none absolute inset-0 *:pointer-events-auto'
            : 'flex flex-col rounded-b-lg border-border border-t bg-surface-muted py-1'
        }
      >
        {isMinimised
          ? fields
              .filter(([, field]) => takesEdges(field))
              .slice(0, 1)
              .map(([name, field]) => <FieldHandle key={name} nodeId={id} name={name} field={field} isMinimised />)
          : null}
        {outputs.map((output) => (
          <OutputRow key={output.name} nodeId={id} output={output} isMinimised={isMinimised} />
        ))}
      </div>
    </div>
  )
})

const isOnNode = (name: string, field: TemplateField): boolean =>
  field.show !== false && !field.advanced && name !== 'code' && field.type !== 'code'

function FieldHandle({
  nodeId,
  name,
  field,
  isMinimised,
}: {
  readonly nodeId: string
  readonly name: string
  readonly field: TemplateField
  readonly isMinimised: boolean
}): ReactNode {
  const label = field.display_name || name
  return (
    <div className={isMinimised ? '' : '-left-3 absolute top-2.5'}>
      <HandleDot
        nodeId={nodeId}
        id={fieldHandleId(name)}
        side="left"
        types={field.input_types ?? []}
        label={label}
        testId={`handle-${(field.type ?? 'str').toLowerCase()}-${isMinimised ? 'noshownode' : 'shownode'}-${label.toLowerCase()}-left`}
      />
    </div>
  )
}

function OutputRow({
  nodeId,
  output,
  isMinimised,
}: {
  readonly nodeId: string
  readonly output: NodeOutput
  readonly isMinimised: boolean
}): ReactNode {
  const label = output.display_name || output.name
  return (
    <div className={isMinimised ? '' : 'relative flex h-8 items-center justify-end px-4 font-medium text-sm'}>
      {isMinimised ? null : label}
      <HandleDot
        nodeId={nodeId}
        id={outputHandleId(output.name)}
        side="right"
        types={typesGiven(output)}
        label={label}
        testId={`handle-${output.name.toLowerCase()}-${isMinimised ? 'noshownode' : 'shownode'}-${label.toLowerCase()}-right`}
      />
    </div>
  )
}

/** What the last run showed of a node, and the button that runs up to it. */
function NodeStatus({ nodeId, name }: { readonly nodeId: string; readonly name: string }): ReactNode {
  const { t } = useTranslation('editor')
  const { runner, editor } = useWorkspace()
  const { status, duration, message } = useRunState((state) => state.nodes.get(nodeId)) ?? idleNode
  const isRunning = useRunState((state) => state.running !== undefined)
  return (
    <span className="flex items-center gap-1">
      {status === 'done' ? (
        <span className="flex items-center gap-1 text-success text-xs" data-testid={`node_duration_${name}`}>
          <CircleCheck size={13} />
          {duration}
        </span>
      ) : null}
      {status === 'failed' ? (
        <Tooltip label={message}>
          <CircleAlert size={15} className="text-danger" data-testid={`node_status_icon_${name.toLowerCase()}_error`} />
        </Tooltip>
      ) : null}
      {status === 'skipped' ? <span className="text-text-faint text-xs">{t('node.skipped')}</span> : null}
      {status === 'running' || status === 'queued' ? (
        <LoaderCircle size={15} className="animate-spin text-info" />
      ) : null}
      <IconButton
        label={t('node.run')}
        size="sm"
        className="nodrag"
        disabled={isRunning}
        data-testid={`button_run_${name.toLowerCase()}`}
        onClick={() => void runner.run({ document: editor.getDocument(), stopAt: nodeId })}
      >
        <Play size={14} />
      </IconButton>
    </span>
  )
}
