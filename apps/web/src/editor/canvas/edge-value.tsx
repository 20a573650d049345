import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { bytesText } from '../../ui/bytes.ts'
import { useHint } from '../../ui/hint.tsx'
import { useRunState } from '../editor-context.tsx'
import { handleName } from '../model/handles.ts'
import { canInspect, shownOutputOf } from '../output-inspector/shown-output.ts'
import { shownValue } from '../output-inspector/shown-value.ts'
import type { ShownOutput } from '../run/node-run.ts'

const WIDTH = 120
const HEIGHT = 22
/** Below the button that deletes the edge. */
const BELOW = 14
const PREVIEWED = 400

export interface EdgeValueProps {
  /** The node the edge leaves, by the handle `out:<name>`. */
  readonly source: string
  readonly handle: string | null | undefined
  /** The middle of the edge. */
  readonly x: number
  readonly y: number
}

/** How much flowed through an edge in the last run, and its beginning when it is pointed at. */
export function EdgeValue({ source, handle, x, y }: EdgeValueProps): ReactNode {
  const output = useRunState(({ nodes }) => shownOutputOf(nodes.get(source), { name: handleName(handle ?? '') }))
  if (!output || !canInspect(output)) return null
  return (
    <foreignObject x={x - WIDTH / 2} y={y + BELOW} width={WIDTH} height={HEIGHT} className="overflow-visible">
      <Chip output={output} />
    </foreignObject>
  )
}

function Chip({ output }: { readonly output: ShownOutput }): ReactNode {
  const { t, i18n } = useTranslation('fields')
  const text = textOf(output.message)
  const { props, hint } = useHint(<span className="whitespace-pre-wrap">{text.slice(0, PREVIEWED)}</span>)
  const shown = shownValue(output.message, output.type)
  const size =
    shown.kind === 'records'
      ? t('output.items', { count: shown.rows.length + shown.cut })
      : bytesText(new TextEncoder().encode(text).length, i18n.language)
  return (
    <div className="flex justify-center">
      <span
        {...props}
        className="whitespace-nowrap rounded-full border border-border bg-surface px-2 py-0.5 text-text-muted text-xs shadow-1"
        data-testid="edge-value"
      >
        {size}
      </span>
      {hint}
    </div>
  )
}

const textOf = (message: unknown): string => (typeof message === 'string' ? message : JSON.stringify(message, null, 2))
