import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete'

/** Fields of a component of the user, as the module `runnel` names them. */
export const FIELD_WORDS: readonly string[] =
  'text multiline string secret message int float slider bool dropdown tab multiselect dict nestedDict table data dataFrame'.split(
    ' ',
  )
/** What `run` may use besides its inputs. */
export const CONTEXT_WORDS: readonly string[] = 'runId flowId sessionId node fetch fetchText fetchJson log'.split(' ')
/** What the module brings. */
export const MODULE_WORDS: readonly string[] = 'defineComponent field message data dataFrame'.split(' ')
/** What the declaration of a component, its fields and its outputs hold. */
const DECLARED =
  'displayName description icon documentation inputs outputs type label info required advanced placeholder tool default options variable min max step columns run context'.split(
    ' ',
  )
/** What components of Langflow's files are written with. */
const PYTHON =
  'Component Output Message Data DataFrame MessageTextInput MultilineInput StrInput SecretStrInput IntInput FloatInput BoolInput DropdownInput FileInput HandleInput DataInput display_name description icon name inputs outputs info value required advanced tool_mode method build_output self.status self.log'.split(
    ' ',
  )

const options = (words: readonly string[], type: string): readonly Completion[] =>
  words.map((label) => ({ label, type }))
const MEMBERS: readonly (readonly [RegExp, readonly Completion[]])[] = [
  [/\bfield\.\w*$/, options(FIELD_WORDS, 'function')],
  [/\bcontext\.\w*$/, options(CONTEXT_WORDS, 'property')],
]
const TYPESCRIPT = [...options(MODULE_WORDS, 'function'), ...options(DECLARED, 'property')]
const OF_PYTHON = options(PYTHON, 'class')

/** Completes the words components are written with: members after `field.` and `context.`, elsewhere the others. */
export const componentWords =
  (isTypeScript: boolean): CompletionSource =>
  (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/[\w.]*$/)
    if (!word || (word.from === word.to && !context.explicit)) return null
    if (!isTypeScript) return { from: word.from, options: OF_PYTHON, validFor: /^[\w.]*$/ }
    for (const [pattern, members] of MEMBERS) {
      if (pattern.test(word.text)) {
        return { from: word.from + word.text.lastIndexOf('.') + 1, options: members, validFor: /^\w*$/ }
      }
    }
    return word.text.includes('.') ? null : { from: word.from, options: TYPESCRIPT, validFor: /^\w*$/ }
  }
