import type { CSSProperties, ReactNode } from 'react'
import { HandleDot } from '../canvas/handle-dot.tsx'
import { labelOf } from '../fields/field-widget.ts'
import type { NodeData } from '../model/flow-document.ts'
import { loopHandleId, typesGiven } from '../model/handles.ts'
import { FieldHandle } from './field-handle.tsx'
import { foldedHandles } from './folded-handles.ts'
import { handleTestId } from './handle-test-id.ts'
import { OutputHandle } from './node-outputs.tsx'
import type { Connected } from './use-connected.ts'

export interface MinimisedHandlesProps {
  readonly nodeId: string
  readonly data: NodeData
  readonly connected: Connected
}

/** The dots of a folded node: one for each that has an edge; the first of a side that has none. */
export function MinimisedHandles({ nodeId, data, connected }: MinimisedHandlesProps): ReactNode {
  const { inputs, loops, outputs } = foldedHandles(data, connected)
  const left = inputs.length + loops.length
  return (
    <>
      {inputs.map(([name, field], index) => (
        <span key={name} className="absolute left-0" style={placeOf(index, left)}>
          <FieldHandle nodeId={nodeId} nodeType={data.type} name={name} field={field} isMinimised />
        </span>
      ))}
      {loops.map(({ output }, index) => (
        <span key={output.name} className="absolute left-0" style={placeOf(inputs.length + index, left)}>
          <HandleDot
            nodeId={nodeId}
            id={loopHandleId(output.name)}
            side="left"
            types={typesGiven(output)}
            label={labelOf(output.name, output)}
            testId={handleTestId(data.type, output.display_name || output.name, 'left', true)}
          />
        </span>
      ))}
      {outputs.map(({ output }, index) => (
        <span key={output.name} className="absolute right-0" style={placeOf(index, outputs.length)}>
          <OutputHandle nodeId={nodeId} type={data.type} output={output} isMinimised />
        </span>
      ))}
      <div style={{ height: Math.max(0, (Math.max(left, outputs.length) - 2) * 20) }} />
    </>
  )
}

const placeOf = (index: number, count: number): CSSProperties => ({ top: `${((index + 1) / (count + 1)) * 100}%` })
