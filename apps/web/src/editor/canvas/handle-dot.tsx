import { Handle, Position } from '@xyflow/react'
import type { ReactNode } from 'react'
import type { HandleId } from '../model/handles.ts'
import { typeColors } from '../model/type-colors.ts'

export interface HandleDotProps {
  readonly id: HandleId
  readonly side: 'left' | 'right'
  readonly types: readonly string[]
  readonly label: string
  readonly testId: string
}

/** The dot an edge begins or ends at: small to see, large to hit. */
export function HandleDot({ id, side, types, label, testId }: HandleDotProps): ReactNode {
  const colors = typeColors(types)
  const ring =
    colors.length > 1
      ? `conic-gradient(${colors.map((color, index) => `${color} ${(index / colors.length) * 100}% ${((index + 1) / colors.length) * 100}%`).join(', ')})`
      : colors[0]
  return (
    <Handle
      id={id}
      type={side === 'left' ? 'target' : 'source'}
      position={side === 'left' ? Position.Left : Position.Right}
      aria-label={label}
      data-testid={testId}
      className="flow-handle"
    >
      <span className="flow-handle-dot" style={{ background: ring ?? 'var(--type-other)' }} />
    </Handle>
  )
}
