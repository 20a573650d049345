import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ResizeEdge } from './resize-edge.tsx'
import { Head, type HeadProps } from './table.tsx'

const [NARROWEST, WIDEST] = [64, 800]

export interface WideHeadProps extends Omit<HeadProps, 'width' | 'edge'> {
  /** What the column is called. */
  readonly name: string
  /** Pixels; undefined: as the table gives it. */
  readonly width: number | undefined
  readonly onResize: (width: number) => void
}

/** The head of a column that is made wider at its edge, by mouse or arrow keys. The table has a fixed layout. */
export function WideHead({ name, width, onResize, ...head }: WideHeadProps): ReactNode {
  const { t } = useTranslation('common')
  const [measured, setMeasured] = useState(NARROWEST)
  const edge = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const head = edge.current?.closest('th')
    if (!head) return
    const observer = new ResizeObserver(() => setMeasured(head.offsetWidth))
    observer.observe(head)
    return () => observer.disconnect()
  }, [])
  return (
    <Head
      {...head}
      {...(width !== undefined && { width })}
      edge={
        <span ref={edge}>
          <ResizeEdge
            label={t('columns.resize', { name })}
            side="right"
            value={width ?? measured}
            min={NARROWEST}
            max={WIDEST}
            onChange={onResize}
          />
        </span>
      }
    >
      {head.children ?? name}
    </Head>
  )
}
