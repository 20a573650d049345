import { ChevronDown, Infinity as InfinityIcon, ScanEye, Snowflake } from 'lucide-react'
import { memo, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Menu } from '../../ui/menu.tsx'
import { HandleDot } from '../canvas/handle-dot.tsx'
import { selectOutput } from '../commands/select-output.ts'
import { useEditorState, useRunState, useWorkspace } from '../editor-context.tsx'
import { labelOf } from '../fields/field-widget.ts'
import { useTellLostEdges } from '../fields/use-tell-lost-edges.ts'
import type { NodeData, NodeOutput } from '../model/flow-document.ts'
import { loopHandleId, outputHandleId, typesGiven } from '../model/handles.ts'
import { canInspect, shownOutputOf } from '../output-inspector/shown-output.ts'
import { handleTestId } from './handle-test-id.ts'
import { NodeButton } from './node-button.tsx'
import { type OutputRow, outputRows, typeChoices } from './node-parts.ts'

export interface NodeOutputsProps {
  readonly nodeId: string
  readonly data: NodeData
  readonly connected: ReadonlySet<string>
}

/** The outputs of a node, a row for each, with what the last run gave. */
export const NodeOutputs = memo(function NodeOutputs({ nodeId, data, connected }: NodeOutputsProps): ReactNode {
  const { t } = useTranslation('fields')
  const [showsHidden, setShowsHidden] = useState(false)
  const rows = outputRows(data, connected, showsHidden)
  const hiddenCount = (data.node.outputs ?? []).filter(({ hidden, name }) => hidden && !connected.has(name)).length
  return (
    <div className="flex flex-col rounded-b-lg border-border border-t bg-surface-muted py-1">
      {rows.map((row) => (
        <Row key={row.output.name} nodeId={nodeId} data={data} row={row} />
      ))}
      {hiddenCount > 0 ? (
        <button
          type="button"
          aria-expanded={showsHidden}
          onClick={() => setShowsHidden(!showsHidden)}
          className="nodrag mx-auto flex h-6 items-center gap-1 rounded-sm px-2 text-text-muted text-xs hover:text-text"
          data-testid="hidden-outputs"
        >
          <ChevronDown size={13} className={showsHidden ? 'rotate-180' : ''} />
          {showsHidden ? t('node.hideOutputs') : t('node.moreOutputs', { count: hiddenCount })}
        </button>
      ) : null}
    </div>
  )
})

function Row({
  nodeId,
  data,
  row: { output, choices },
}: {
  readonly nodeId: string
  readonly data: NodeData
  readonly row: OutputRow
}): ReactNode {
  const { t } = useTranslation('fields')
  const { editor, ui } = useWorkspace()
  const isLocked = useEditorState((state) => state.isLocked)
  const label = output.display_name || output.name
  const types = typeChoices(output)
  const tellLostEdges = useTellLostEdges()
  const select = (name: string, type?: string): void => {
    const before = editor.getDocument()
    editor.apply(selectOutput, { nodeId, output: name, type, instead: choices.map((one) => one.name) })
    tellLostEdges(before, editor.getDocument())
  }
  return (
    <div className="relative flex h-8 items-center justify-end gap-1 px-4 font-medium text-sm">
      {output.allows_loop ? (
        <span className="absolute top-1/2 left-0">
          <HandleDot
            nodeId={nodeId}
            id={loopHandleId(output.name)}
            side="left"
            types={[...typesGiven(output), ...(output.loop_types ?? [])]}
            label={labelOf(output.name, output)}
            testId={handleTestId(data.type, label, 'left', false)}
          />
        </span>
      ) : null}
      {output.allows_loop ? <InfinityIcon size={14} className="text-text-muted" aria-label={t('node.loop')} /> : null}
      {data.node.frozen ? <Snowflake size={13} className="text-frozen" aria-label={t('node.frozen')} /> : null}
      <InspectButton
        nodeId={nodeId}
        type={data.type}
        output={output}
        onOpen={() => ui.setState({ shownOutput: { nodeId, output: output.name } })}
      />
      {choices.length > 1 ? (
        <Menu
          items={choices.map((one) => ({
            label: labelOf(one.name, one),
            checked: one === output,
            disabled: isLocked,
            onSelect: () => select(one.name),
            testId: `dropdown-item-output-${data.type.toLowerCase()}-${(one.display_name || one.name).toLowerCase()}`,
          }))}
        >
          <button
            type="button"
            className="nodrag flex h-7 items-center gap-1 rounded-sm px-1 hover:bg-surface-hover"
            data-testid={`dropdown-output-${data.type.toLowerCase()}`}
            aria-label={t('node.chooseOutput', { name: labelOf(output.name, output) })}
          >
            {labelOf(output.name, output)}
            <ChevronDown size={13} />
          </button>
        </Menu>
      ) : (
        labelOf(output.name, output)
      )}
      {types.length > 1 ? (
        <Menu
          items={types.map((type) => ({
            label: type,
            checked: type === (output.selected ?? types[0]),
            disabled: isLocked,
            onSelect: () => select(output.name, type),
          }))}
        >
          <button
            type="button"
            className="nodrag flex h-7 items-center gap-1 rounded-sm px-1 text-text-muted text-xs hover:bg-surface-hover"
            aria-label={t('node.chooseType', { name: labelOf(output.name, output) })}
          >
            {output.selected ?? types[0]}
            <ChevronDown size={12} />
          </button>
        </Menu>
      ) : null}
      <span className="absolute top-1/2 right-0">
        <OutputHandle nodeId={nodeId} type={data.type} output={output} isMinimised={false} />
      </span>
    </div>
  )
}

/** The dot of an output. */
export function OutputHandle({
  nodeId,
  type,
  output,
  isMinimised,
}: {
  readonly nodeId: string
  readonly type: string
  readonly output: NodeOutput
  readonly isMinimised: boolean
}): ReactNode {
  const label = output.display_name || output.name
  return (
    <HandleDot
      nodeId={nodeId}
      id={outputHandleId(output.name)}
      side="right"
      types={typesGiven(output)}
      label={labelOf(output.name, output)}
      testId={handleTestId(type, label, 'right', isMinimised)}
    />
  )
}

/** Opens what the last run gave. Says why not when there is nothing to show. */
function InspectButton({
  nodeId,
  type,
  output,
  onOpen,
}: {
  readonly nodeId: string
  readonly type: string
  readonly output: NodeOutput
  readonly onOpen: () => void
}): ReactNode {
  const { t } = useTranslation('fields')
  const value = useRunState((state) => shownOutputOf(state.nodes.get(nodeId), output))
  const isEnded = useRunState((state) => state.nodes.get(nodeId)?.endedAt !== undefined)
  const can = canInspect(value)
  const isError = value?.type === 'error'
  return (
    <NodeButton
      label={can ? t('output.inspect') : isEnded ? t('output.cannotShow') : t('output.buildFirst')}
      aria-disabled={!can}
      onClick={() => can && onOpen()}
      data-testid={`output-inspection-${(output.display_name || output.name).toLowerCase()}-${type.toLowerCase()}`}
    >
      <ScanEye size={14} className={isError ? 'text-danger' : ''} />
    </NodeButton>
  )
}
