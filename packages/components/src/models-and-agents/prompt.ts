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
      variablesIn(String(values.template ?? ''), { doubled: values.use_double_brackets === true }).map((name) => [
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
        const values = variablesIn(inputs.template, syntax).map((name) => dynamic[name])
        const images = await imagesOf(values, context)
        return message(text, { prompt: [{ role: 'user', content: [{ type: 'text', text }, ...images] }] })
      },
    },
  },
})

interface Syntax {
  /** Variables are `{{name}}` and single braces plain text; else `{name}`, and `{{` and `}}` are braces. */
  readonly doubled: boolean
}

// One pass, so braces inside a value are never read as template.
const SINGLE = /\{\{|\}\}|\{([\p{ID_Start}_]\p{ID_Continue}*)\}/gu
const DOUBLED = /\{\{\s*([\p{ID_Start}_]\p{ID_Continue}*)\s*\}\}/gu
const tokenOf = ({ doubled }: Syntax) => (doubled ? DOUBLED : SINGLE)

/** The names of a template's variables, each once, in order of first use. */
export function variablesIn(template: string, syntax: Syntax): readonly string[] {
  const names = Array.from(template.matchAll(tokenOf(syntax)), ([, name]) => name)
  return [...new Set(names.filter((name) => name !== undefined))]
}

/** The template with each variable replaced by the text of its value; one without a value becomes nothing. */
export function fill(template: string, values: Readonly<Record<string, unknown>>, syntax: Syntax): string {
  return template.replace(tokenOf(syntax), (token, name?: string) => {
    if (name === undefined) return token.charAt(0)
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    return value === undefined ? '' : promptText(value)
  })
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

const IMAGE = /\.(?:png|jpe?g|gif|webp|bmp)$/i

/** The image files of Message values, as parts of the prompt. */
function imagesOf(values: readonly unknown[], context: RunContext): Promise<readonly ModelContent[]> {
  const paths = values.flat().flatMap((value) => (isMessage(value) ? value.files : []))
  return contentOfFiles(
    paths.filter((path) => IMAGE.test(path)),
    context,
  )
}
