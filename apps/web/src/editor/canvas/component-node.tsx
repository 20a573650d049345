import { type NodeProps, useUpdateNodeInternals } from '@xyflow/react'
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { componentText } from '../../i18n/component-text.ts'
import { classNames } from '../../ui/class-names.ts'
import { shownWidth } from '../commands/set-width.ts'
import { useEditorState, useRunState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { FieldRow } from '../fields/field-row.tsx'
import type { NodeData } from '../model/flow-document.ts'
import { problemsByNode } from '../model/problems.ts'
import { FieldHandle } from '../node/field-handle.tsx'
import { LegacyBanner } from '../node/legacy-banner.tsx'
import { MinimisedHandles } from '../node/minimised-handles.tsx'
import { NodeDescription } from '../node/node-description.tsx'
import { NodeFooter } from '../node/node-footer.tsx'
import { NodeHeader } from '../node/node-header.tsx'
import { NodeOutputs } from '../node/node-outputs.tsx'
import { hasHandle, isToolFilled, outputRows, shownFields } from '../node/node-parts.ts'
import { UnknownBanner } from '../node/unknown-banner.tsx'
import { UpdateBanner } from '../node/update-banner.tsx'
import { type Connected, useConnected } from '../node/use-connected.ts'
import { useSpokenName } from '../node/use-spoken-name.ts'
import { WidthHandle } from '../node/width-handle.tsx'
import { NodeToolbar } from '../node-toolbar/node-toolbar.tsx'
import { isBreaking } from '../updates/component-updates.ts'
import type { CanvasNode } from './canvas-nodes.ts'
import { categoryColor } from './category-color.ts'
import { NodeNameContext } from './handle-dot.tsx'

/** A component on the canvas. */
export const ComponentNodeView = memo(function ComponentNodeView({
  id,
  data,
  selected,
  dragging,
}: NodeProps<CanvasNode>): ReactNode {
  const { flowNode } = data
  const { node } = flowNode
  const connected = useConnected(id)
  const isRenaming = useWorkspaceUi(({ nodePanel }) => nodePanel?.nodeId === id && nodePanel.panel === 'rename')
  const isRefused = useWorkspaceUi(({ refused }) => problemsByNode(refused).has(id))
  const status = useRunState((state) => state.nodes.get(id)?.status ?? 'idle')
  const isMinimised = flowNode.showNode === false
  useHandlePlaces(id, flowNode, connected, isMinimised)
  const { editor, ui, catalogue, updates } = useWorkspace()
  const isKnown = useStore(catalogue.store, ({ has }) => has({ data: flowNode }))
  const category = useStore(catalogue.store, ({ find }) => find(flowNode.type)?.category)
  const update = useStore(updates.store, (found) => found.get(id))
  const breaks = useEditorState((state) => update !== undefined && isBreaking(state.document, update))
  const [draftWidth, setDraftWidth] = useState<number>()
  const width = shownWidth(data.width)
  const isLocked = useEditorState((state) => state.isLocked)
  const spoken = useSpokenName({ id, data: flowNode }, connected)
  const openMenu = (event: MouseEvent): void => {
    event.preventDefault()
    if (!selected) editor.select({ nodes: new Set([id]), edges: new Set() })
    ui.setState({ nodeMenu: { nodeId: id, x: event.clientX, y: event.clientY } })
  }
  return (
    <NodeNameContext value={componentText(node.display_name)}>
      {selected && !dragging ? <NodeToolbar nodeId={id} /> : null}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset does not lay out its content */}
      <div
        role="group"
        aria-label={spoken}
        data-testid="div-generic-node"
        data-status={status}
        data-refused={isRefused || undefined}
        onContextMenu={openMenu}
        data-minimised={isMinimised || undefined}
        style={shellStyle(isMinimised ? undefined : (draftWidth ?? width), category)}
        className={classNames(
          'node-shell rounded-lg border shadow-1',
          isKnown && !node.disabled ? 'bg-surface' : 'border-dashed bg-surface-muted',
          isMinimised && 'w-60',
          node.disabled && 'opacity-50 grayscale',
          borderOf(isRefused ? 'failed' : status, {
            isBreaking: breaks,
            isFrozen: node.frozen === true,
            isSelected: selected,
            isActive: isKnown && !node.disabled,
          }),
          selected && (isRefused ? 'ring-2 ring-danger/40' : 'ring-2 ring-accent/40'),
        )}
      >
        <NodeHeader nodeId={id} node={node} isMinimised={isMinimised} isSelected={selected} />
        {isMinimised ? (
          <MinimisedHandles nodeId={id} data={flowNode} connected={connected} />
        ) : (
          <>
            {selected && !isLocked ? <WidthHandle nodeId={id} width={width} onDraft={setDraftWidth} /> : null}
            {isKnown ? null : <UnknownBanner type={flowNode.type} />}
            <UpdateBanner nodeId={id} />
            {node.legacy ? <LegacyBanner nodeId={id} node={node} /> : null}
            {isRenaming ? null : <NodeDescription text={node.description ?? ''} />}
            <NodeFields nodeId={id} data={flowNode} connected={connected} />
            <NodeOutputs nodeId={id} data={flowNode} connected={connected.outputs} />
            <NodeFooter nodeId={id} />
          </>
        )}
      </div>
    </NodeNameContext>
  )
})

/** Its width, and the colour it has as a card. */
const shellStyle = (width: number | undefined, category: string | undefined): CSSProperties & NodeColor => ({
  ...(width !== undefined && { width }),
  ...(category !== undefined && { '--node-color': categoryColor(category) }),
})

interface NodeColor {
  readonly '--node-color'?: string
}

interface BorderFacts {
  /** Its update would cost an edge. */
  readonly isBreaking: boolean
  readonly isFrozen: boolean
  readonly isSelected: boolean
  readonly isActive: boolean
}

/** What is most pressing about a node, as the colour of its border. */
function borderOf(status: string, { isBreaking, isFrozen, isSelected, isActive }: BorderFacts): string {
  if (status === 'failed') return 'border-state-error'
  if (status === 'running') return 'border-state-running node-is-running'
  if (isBreaking) return 'border-warning'
  if (isFrozen) return 'border-state-frozen'
  if (isSelected) return 'border-accent'
  return isActive ? 'border-border' : 'border-border-strong'
}

/** What happens in a dialog a field has opened is no business of the canvas. */
const stayInDialog = (event: KeyboardEvent): void => {
  if (event.target instanceof Node && !event.currentTarget.contains(event.target)) event.stopPropagation()
}

const NodeFields = memo(function NodeFields({
  nodeId,
  data: { type, node },
  connected,
}: {
  readonly nodeId: string
  readonly data: NodeData
  readonly connected: Connected
}): ReactNode {
  const { t } = useTranslation('fields')
  const fields = useMemo(() => shownFields(node, connected.fields), [node, connected.fields])
  if (fields.length === 0) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset does not lay out its content
    <div
      role="group"
      aria-label={t('node.fieldsOf', { name: componentText(node.display_name) })}
      onKeyDown={stayInDialog}
      className="flex flex-col border-border border-t py-1.5 in-data-[density=compact]:py-0.5"
    >
      {fields.map(([name, field]) => {
        const isConnected = connected.fields.has(name)
        const isFilled = isToolFilled(node, field) && !isConnected
        return (
          <div
            key={name}
            className={classNames(
              'node-field relative px-3 py-1.5 in-data-[density=compact]:py-0.5',
              isFilled && 'bg-accent-soft',
            )}
          >
            {hasHandle(node, field, isConnected) ? (
              <span className="absolute top-4 left-0 in-data-[density=compact]:top-3">
                <FieldHandle nodeId={nodeId} nodeType={type} name={name} field={field} isMinimised={false} />
              </span>
            ) : null}
            <FieldRow
              nodeId={nodeId}
              name={name}
              field={field}
              isConnected={isConnected}
              isToolFilled={isFilled}
              surface="node"
            />
          </div>
        )
      })}
    </div>
  )
})

/** Tells the canvas when dots have come, gone or moved although the node's size may be the same. */
function useHandlePlaces(id: string, data: NodeData, connected: Connected, isMinimised: boolean): void {
  const update = useUpdateNodeInternals()
  const places = useMemo(() => {
    const inputs = shownFields(data.node, connected.fields).map(
      ([name, field]) => `${name}${hasHandle(data.node, field, connected.fields.has(name)) ? '*' : ''}`,
    )
    const outputs = outputRows(data, connected.outputs, false).map(({ output }) => output.name)
    return [isMinimised, data.node.legacy, ...inputs, '>', ...outputs].join(' ')
  }, [data, connected, isMinimised])
  const told = useRef(places)
  useEffect(() => {
    // A new node is measured without being asked.
    if (told.current === places) return
    told.current = places
    update(id)
  }, [update, id, places])
}
