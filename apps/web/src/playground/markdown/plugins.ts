import { useEffect, useState } from 'react'
import type { Options } from 'react-markdown'
import { hasFormula } from './math.ts'

/** What Markdown is read and drawn with besides the plain kind. */
export interface Plugins {
  readonly remark: NonNullable<Options['remarkPlugins']>
  readonly rehype: NonNullable<Options['rehypePlugins']>
}

const none: Plugins = { remark: [], rehype: [] }
let highlighting: Plugins | undefined
let formulas: Plugins | undefined

async function loadHighlighting(): Promise<void> {
  const { default: highlight } = await import('rehype-highlight')
  highlighting ??= { remark: [], rehype: [[highlight, { detect: false }]] }
}

async function loadFormulas(): Promise<void> {
  const [{ default: math }, { default: katex }] = await Promise.all([
    import('remark-math'),
    import('rehype-katex'),
    import('katex/dist/katex.min.css'),
  ])
  formulas ??= { remark: [math], rehype: [[katex, { throwOnError: false, strict: 'ignore' }]] }
}

/** What a text needs, once it is there: colours for code, type for formulas. Until then the text is shown without. */
export function usePlugins(text: string): { readonly code: Plugins; readonly math: Plugins } {
  const needsCode = text.includes('```') || text.includes('~~~')
  const needsMath = hasFormula(text)
  const [, drawAgain] = useState(0)
  useEffect(() => {
    let isGone = false
    const wanted = [
      ...(needsCode && !highlighting ? [loadHighlighting()] : []),
      ...(needsMath && !formulas ? [loadFormulas()] : []),
    ]
    // Without them the text is still readable.
    if (wanted.length > 0) void Promise.allSettled(wanted).then(() => !isGone && drawAgain((count) => count + 1))
    return () => {
      isGone = true
    }
  }, [needsCode, needsMath])
  return { code: (needsCode && highlighting) || none, math: (needsMath && formulas) || none }
}
