import { useStoreApi } from '@xyflow/react'
import { type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { typeColor } from '../model/type-colors.ts'

interface Tip {
  readonly left: number
  readonly top: number
  readonly isInput: boolean
  /** It stands to the left of its handle. */
  readonly isLeft: boolean
  readonly types: readonly string[]
  readonly fit: string
}

const DELAY_MS = 250
/** About how wide it gets, in pixels. */
const WIDEST = 300

const WORDS = {
  fits: 'handle.connect',
  replaces: 'handle.replaces',
  refused: 'handle.cannot',
  self: 'handle.self',
} as const

/** What the handle under the pointer takes or gives: one tip for the thousands there may be. */
export function HandleTip(): ReactNode {
  const { t } = useTranslation('editor')
  const store = useStoreApi()
  const [tip, setTip] = useState<Tip>()
  useEffect(() => {
    const canvas = store.getState().domNode
    if (!canvas) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const hide = (): void => {
      clearTimeout(timer)
      setTip(undefined)
    }
    const onOver = (event: Event): void => {
      const handle = event.target instanceof Element ? event.target.closest<HTMLElement>('.flow-handle') : null
      hide()
      if (!handle) return
      timer = setTimeout(() => {
        const box = handle.getBoundingClientRect()
        const isInput = handle.classList.contains('target')
        // Away from its node, unless the window ends there.
        const isLeft = isInput ? box.left > WIDEST : box.right > innerWidth - WIDEST
        setTip({
          left: isLeft ? box.left - 6 : box.right + 6,
          top: box.top + box.height / 2,
          isLeft,
          isInput,
          types: (handle.dataset.types ?? '').split('\n').filter(Boolean),
          fit: handle.dataset.fit ?? 'none',
        })
      }, DELAY_MS)
    }
    canvas.addEventListener('pointerover', onOver)
    canvas.addEventListener('pointerdown', hide)
    canvas.addEventListener('wheel', hide, { passive: true })
    return () => {
      clearTimeout(timer)
      canvas.removeEventListener('pointerover', onOver)
      canvas.removeEventListener('pointerdown', hide)
      canvas.removeEventListener('wheel', hide)
    }
  }, [store])
  if (!tip) return null
  const { left, top, isLeft, isInput, types, fit } = tip
  const says = fit in WORDS ? WORDS[fit as keyof typeof WORDS] : isInput ? 'handle.input' : 'handle.output'
  // Beside the canvas it lies over the panels, where the canvas would cut it off.
  return createPortal(
    <div
      role="tooltip"
      className="pointer-events-none fixed z-50 max-w-72 rounded-md border border-border bg-surface px-2.5 py-1.5 text-xs shadow-2"
      style={{ left, top, transform: `translate(${isLeft ? '-100%' : '0'}, -50%)` }}
    >
      <div className="flex flex-wrap items-center gap-1">
        {t(says)}
        {types.map((type) => (
          <span key={type} className="rounded-sm bg-surface-muted px-1 font-medium" style={{ color: typeColor(type) }}>
            {type}
          </span>
        ))}
      </div>
      {fit === 'none' ? (
        <div className="mt-0.5 text-text-muted">
          <p>{t(isInput ? 'handle.dragInput' : 'handle.dragOutput')}</p>
          <p>{t(isInput ? 'handle.clickInput' : 'handle.clickOutput')}</p>
        </div>
      ) : null}
    </div>,
    document.body,
  )
}
