import { type PromptSyntax, promptTokens, promptVariables } from '@runnel/protocol/prompt-template'
import {
  defineComponent,
  type Field,
  field,
  isMessage,
  type ModelContent,
  message,
  promptText,
  type RunContext,
} from '@runnel/sdk'
import { contentOfFiles } from '../shared/file-content.ts'

const template = { label: 'Template', info: 'The prompt. Names in braces become fields of their own.' }
const mustacheTemplate: Field<string> = {
  ...field.prompt(template),
  inputType: 'MustachePromptInput',
  type: 'mustache',
}

export const prompt = defineComponent({
  type: 'Prompt',
  aliases: ['Prompt Template', 'PromptComponent'],
  displayName: 'Prompt Template',
  description: 'Writes a prompt from a template and the values of its variables.',
  icon: 'prompts',
  category: 'models_and_agents',
  documentation: 'https://docs.langflow.org/components-prompts',
  inputs: {
    template: field.prompt(template),
    use_double_brackets: field.bool({
      label: 'Use Double Brackets',
      info: 'Write variables as {{name}}, so that single braces are plain text.',
      advanced: true,
      refresh: true,
    }),
    tool_placeholder: field.text({
      label: 'Tool Placeholder',
      info: 'Lets the prompt be a tool of an agent. It has no other effect.',
      advanced: true,
      tool: true,
    }),
  },
  dynamicInputs: (values) => ({
    ...(values.use_double_brackets === true && { template: mustacheTemplate }),
    ...Object.fromEntries(
      promptVariables(String(values.template ?? ''), { doubled: values.use_double_brackets === true }).map((name) => [
        name,
        variableField(name),
      ]),
    ),
  }),
  outputs: {
    prompt: {
      type: 'Message',
      label: 'Prompt',
      method: 'build_prompt',
      async run({ inputs, dynamic, context }) {
        const syntax = { doubled: inputs.use_double_brackets }
        const text = fill(inputs.template, dynamic, syntax)
        const values = promptVariables(inputs.template, syntax).map((name) => dynamic[name])
        const files = await filesOf(values, context)
        return message(text, { prompt: [{ role: 'user', content: [{ type: 'text', text }, ...files] }] })
      },
    },
  },
})

/** A template in parts: its texts, and the names of the variables between them. */
interface Parts {
  /** One more than the names: the text before each, and the rest. */
  readonly texts: readonly string[]
  readonly names: readonly string[]
}

const KEPT_TEMPLATES = 200
/** In characters: a longer one is read anew each time. */
const LONGEST_KEPT = 10_000
const templates = new Map<string, Parts>()

/** A template is read once and filled by every run. */
function partsOf(template: string, syntax: PromptSyntax): Parts {
  const key = `${syntax.doubled ? '{{' : '{'}${template}`
  const known = templates.get(key)
  if (known) return known
  const read = readParts(template, syntax)
  if (template.length > LONGEST_KEPT) return read
  if (templates.size === KEPT_TEMPLATES) templates.clear()
  templates.set(key, read)
  return read
}

function readParts(template: string, syntax: PromptSyntax): Parts {
  const texts: string[] = []
  const names: string[] = []
  let text = ''
  let from = 0
  for (const token of promptTokens(template, syntax)) {
    if (token.kind === 'invalid') continue
    text += template.slice(from, token.from)
    from = token.from + token.text.length
    if (token.kind === 'brace') {
      text += token.text.charAt(0)
      continue
    }
    texts.push(text)
    names.push(token.name)
    text = ''
  }
  texts.push(text + template.slice(from))
  return { texts, names }
}

/** The template with each variable replaced by the text of its value; one without a value becomes nothing. */
export function fill(template: string, values: Readonly<Record<string, unknown>>, syntax: PromptSyntax): string {
  const { texts, names } = partsOf(template, syntax)
  let filled = texts[0] ?? ''
  names.forEach((name, at) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    filled += (value === undefined ? '' : promptText(value)) + (texts[at + 1] ?? '')
  })
  return filled
}

/** A variable's field, in the form the editor has always written it. */
function variableField(name: string): Field {
  return {
    inputType: 'MultilineInput',
    type: 'str',
    coercion: 'any',
    attributes: {
      field_type: 'str',
      required: false,
      placeholder: '',
      list: false,
      show: true,
      multiline: true,
      value: '',
      fileTypes: [],
      file_path: '',
      display_name: name,
      advanced: false,
      input_types: ['Message'],
      info: '',
      load_from_db: false,
    },
  }
}

/** The files of Message values, as parts of the prompt. */
const filesOf = (values: readonly unknown[], context: RunContext): Promise<readonly ModelContent[]> =>
  contentOfFiles(
    values.flat().flatMap((value) => (isMessage(value) ? value.files : [])),
    context,
  )
