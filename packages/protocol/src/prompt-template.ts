/** How variables of a prompt are written. */
export interface PromptSyntax {
  /** Variables are `{{name}}` and single braces plain text; else `{name}`, and `{{` and `}}` are braces. */
  readonly doubled: boolean
}

/** What is not plain text in a prompt. */
export interface PromptToken {
  /** `brace`: two that stand for one. `invalid`: braces around what can be no name, which stay as they are. */
  readonly kind: 'brace' | 'variable' | 'invalid'
  /** Characters from the beginning of the prompt. */
  readonly from: number
  readonly text: string
  /** What is between the braces of a variable, valid or not. */
  readonly name: string
}

const SINGLE = /\{\{|\}\}|\{([^{}]*)\}/g
const DOUBLED = /\{\{([^{}]*)\}\}/g
/** What a name may not contain: white space, and what Python reads as more than a name. */
const FORBIDDEN = String.raw`\s,.:;!?/\\()[\]{}`
const NAME = new RegExp(String.raw`^(?!\p{Nd})[^${FORBIDDEN}]+$`, 'u')
const WRONG = new RegExp(`[${FORBIDDEN}]+`, 'gu')

/** The variables and braces of a prompt in order. It is read once, so nothing inside a value is ever a variable. */
export function promptTokens(template: string, { doubled }: PromptSyntax): readonly PromptToken[] {
  return Array.from(template.matchAll(doubled ? DOUBLED : SINGLE), ({ 0: text, 1: inner, index }): PromptToken => {
    if (inner === undefined) return { kind: 'brace', from: index, text, name: '' }
    const name = doubled ? inner.trim() : inner
    return { kind: NAME.test(name) ? 'variable' : 'invalid', from: index, text, name }
  }).filter(({ kind, name }) => kind === 'brace' || name.trim() !== '')
}

/** The names of a prompt's variables, each once, in order of first use. */
export const promptVariables = (template: string, syntax: PromptSyntax): readonly string[] => [
  ...new Set(promptTokens(template, syntax).flatMap(({ kind, name }) => (kind === 'variable' ? [name] : []))),
]

/** A name a variable may have, for one that it may not. */
export const validVariableName = (name: string): string =>
  name
    .trim()
    .replace(WRONG, '_')
    .replace(/^(?=\p{Nd})/u, '_')
