import { Handle, Position } from '@xyflow/react'
import { createContext, memo, type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { type HandleOf, refusalOf, replacedBy } from '../model/compatibility.ts'
import { edgeCounts } from '../model/connections.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import type { HandleId } from '../model/handles.ts'
import { typeColor, typeColors, typeGlyph } from '../model/type-colors.ts'

export interface HandleDotProps {
  readonly nodeId: string
  readonly id: HandleId
  readonly side: 'left' | 'right'
  readonly types: readonly string[]
  /** The field's or the output's name. */
  readonly label: string
  readonly testId: string
}

/** The name of the node whose dots are drawn. */
export const NodeNameContext = createContext('')

/** The dot an edge begins or ends at: small to see, large to hit. */
export const HandleDot = memo(function HandleDot({
  nodeId,
  id,
  side,
  types,
  label,
  testId,
}: HandleDotProps): ReactNode {
  const { t } = useTranslation('editor')
  const { editor } = useWorkspace()
  const fit = useWorkspaceUi(({ connecting }) => fitOf(connecting, { nodeId, handle: id }, editor.getDocument))
  const count = useEditorState((state) => edgeCounts(state.document.edges).get(`${nodeId} ${id}`) ?? 0)
  const node = useContext(NodeNameContext)
  const isInput = side === 'left'
  return (
    <Handle
      id={id}
      type={isInput ? 'target' : 'source'}
      position={isInput ? Position.Left : Position.Right}
      role="button"
      tabIndex={0}
      aria-haspopup="listbox"
      aria-label={t(isInput ? 'handle.inputName' : 'handle.outputName', {
        label,
        node,
        types: types.join(', '),
        count,
      })}
      data-testid={testId}
      data-types={types.join('\n')}
      data-fit={fit}
      className="flow-handle"
    >
      <span className="flow-handle-dot" data-glyph={typeGlyph(types)} style={{ background: paint(types) }} />
    </Handle>
  )
})

function paint(types: readonly string[]): string {
  const colors = typeColors(types)
  if (colors.length < 2) return colors[0] ?? typeColor(undefined)
  const share = 100 / colors.length
  return `conic-gradient(${colors.map((color, index) => `${color} ${index * share}% ${(index + 1) * share}%`).join(', ')})`
}

type Fit = 'none' | 'fits' | 'replaces' | 'refused' | 'self'

/** Whether an edge that is being drawn could end here. */
function fitOf(from: HandleOf | undefined, here: HandleOf, getDocument: () => FlowDocument): Fit {
  if (!from || (from.nodeId === here.nodeId && from.handle === here.handle)) return 'none'
  if (from.nodeId === here.nodeId) return 'self'
  const isForward = from.handle.startsWith('out:')
  if (isForward === here.handle.startsWith('out:')) return 'refused'
  const [source, target] = isForward ? [from, here] : [here, from]
  const connection = {
    source: source.nodeId,
    sourceHandle: source.handle,
    target: target.nodeId,
    targetHandle: target.handle,
  }
  if (refusalOf(getDocument(), connection)) return 'refused'
  return replacedBy(getDocument(), connection) ? 'replaces' : 'fits'
}
