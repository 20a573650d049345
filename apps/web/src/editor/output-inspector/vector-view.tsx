import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyValue } from './copy-value.tsx'
import { normOf, type Vector } from './shown-value.ts'

/** As many numbers are drawn. */
const SHOWN = 256

export interface VectorViewProps {
  /** Which part of a value it is; undefined for a value that is nothing else. */
  readonly name?: string
  readonly vector: Vector
}

/** How long a vector is, in how many dimensions, and its first numbers as a line. */
export function VectorView({ name, vector: { numbers, cut } }: VectorViewProps): ReactNode {
  const { t } = useTranslation('fields')
  const shown = numbers.slice(0, SHOWN)
  const [low, high] = [Math.min(...shown), Math.max(...shown)]
  const points = shown.map((number, index) => `${index},${((high - number) / (high - low || 1)) * 60}`).join(' ')
  const dimensions = numbers.length + cut
  return (
    <div className="flex flex-col gap-2" data-testid="vector-view">
      <div className="flex items-center gap-2 text-sm">
        {name === undefined ? null : <span className="font-mono text-xs">{name}</span>}
        <span className="flex-1 text-text-muted">
          {/* Of numbers that are not here nothing can be said. */}
          {cut > 0
            ? t('output.cutVector', { dimensions })
            : t('output.vector', { dimensions, norm: normOf(numbers).toFixed(4) })}
        </span>
        <CopyValue text={JSON.stringify(numbers)} />
      </div>
      <svg viewBox={`0 0 ${shown.length} 60`} preserveAspectRatio="none" className="h-20 w-full" aria-hidden="true">
        <polyline points={points} fill="none" stroke="var(--accent)" vectorEffect="non-scaling-stroke" />
      </svg>
    </div>
  )
}
