import { type ReactNode, Suspense } from 'react'
import { lateModule } from '../ui/late-module.ts'

const glyphs = lateModule(() => import('./component-glyph.tsx'))
/** Asks for the pictures before anything shows one. */
export const loadComponentIcons = glyphs.load
const ComponentGlyph = glyphs.component((file) => file.ComponentGlyph)

/** The picture of a component. The pictures come in a file of their own; until then their place is kept. */
export const ComponentIcon = ({
  name,
  size = 16,
}: {
  readonly name: string | undefined
  readonly size?: number
}): ReactNode => (
  <Suspense fallback={<span aria-hidden="true" className="shrink-0" style={{ width: size, height: size }} />}>
    <ComponentGlyph name={name || 'puzzle'} size={size} />
  </Suspense>
)
