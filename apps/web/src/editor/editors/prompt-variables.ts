import { promptTokens } from '@runnel/protocol/prompt-template'

/** A stretch of a prompt. */
export interface PromptPart {
  /** Characters from the beginning of the prompt. */
  readonly from: number
  readonly text: string
  readonly kind: 'text' | 'variable' | 'invalid'
  /** The name of a variable, whether valid or not. */
  readonly name?: string
}

/** A prompt in stretches: plain text, with its doubled braces, and variables. */
export function promptParts(text: string, doubled: boolean): readonly PromptPart[] {
  const parts: PromptPart[] = []
  let at = 0
  const plain = (to: number): void => {
    if (to > at) parts.push({ from: at, text: text.slice(at, to), kind: 'text' })
  }
  for (const { kind, ...token } of promptTokens(text, { doubled })) {
    if (kind === 'brace') continue
    plain(token.from)
    parts.push({ kind, ...token })
    at = token.from + token.text.length
  }
  plain(text.length)
  return parts
}
