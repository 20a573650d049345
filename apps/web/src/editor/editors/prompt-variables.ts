/** A stretch of a prompt. */
export interface PromptPart {
  /** Characters from the beginning of the prompt. */
  readonly from: number
  readonly text: string
  readonly kind: 'text' | 'variable' | 'invalid'
  /** The name of a variable, whether valid or not. */
  readonly name?: string
}

const SINGLE = /\{\{|\}\}|\{([^{}]*)\}/g
const DOUBLED = /\{\{([^{}]*)\}\}/g
const IDENTIFIER = /^[\p{ID_Start}_]\p{ID_Continue}*$/u

/**
 * A prompt in stretches: plain text and variables, the way the server reads them. Doubled braces are braces of the text,
 * unless they are what marks a variable.
 */
export function promptParts(text: string, doubled: boolean): readonly PromptPart[] {
  const parts: PromptPart[] = []
  let at = 0
  const plain = (to: number): void => {
    if (to > at) parts.push({ from: at, text: text.slice(at, to), kind: 'text' })
  }
  for (const match of text.matchAll(doubled ? DOUBLED : SINGLE)) {
    const name = match[1]?.trim()
    if (!name) continue
    plain(match.index)
    parts.push({ from: match.index, text: match[0], kind: IDENTIFIER.test(name) ? 'variable' : 'invalid', name })
    at = match.index + match[0].length
  }
  plain(text.length)
  return parts
}

/** The names of the variables in order of first use, each once. */
export function promptVariables(text: string, doubled: boolean): readonly string[] {
  const names = promptParts(text, doubled).flatMap(({ kind, name }) => (kind === 'variable' && name ? [name] : []))
  return [...new Set(names)]
}
