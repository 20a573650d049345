import { AppError } from '@runnel/protocol/errors'
import { type ComponentSpec, defineComponent, field, type Message, message, type RunArguments } from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { askText } from '../shared/language-model.ts'
import { connectedModel } from '../shared/model-choice.ts'
import { modelFields } from '../shared/model-fields.ts'

/** What is asked for when no category fits. */
const NONE = 'NONE'
const ELSE = 'default_result'

const inputs = {
  ...modelFields,
  input_text: field.text({ label: 'Input', info: 'The text to find a category for.', required: true }),
  routes: field.table({
    label: 'Routes',
    info: 'The categories. Each has an output of its own.',
    required: true,
    refresh: true,
    columns: [
      { name: 'route_category', display_name: 'Route Name', type: 'str', description: 'The name of the category.' },
      {
        name: 'route_description',
        display_name: 'Route Description',
        type: 'str',
        description: 'When the category fits.',
        default: '',
      },
      {
        name: 'output_value',
        display_name: 'Route Message (Optional)',
        type: 'str',
        description: 'What the output gives. Empty means the text itself.',
        default: '',
      },
    ],
    default: [
      { route_category: 'Positive', route_description: 'Positive feedback, satisfaction or praise', output_value: '' },
      { route_category: 'Negative', route_description: 'Negative feedback, issues or complaints', output_value: '' },
    ],
  }),
  message: field.message({
    label: 'Override Output',
    info: 'What every output gives, in place of what the routes say.',
    advanced: true,
  }),
  enable_else_output: field.bool({
    label: 'Include Else Output',
    info: 'Add an output for texts that fit no category.',
    advanced: true,
    refresh: true,
  }),
  custom_prompt: field.multiline({
    label: 'Additional Instructions',
    info: 'More the model is told. {input_text} and {routes} stand for the text and the categories.',
    advanced: true,
  }),
} as const
type Args = RunArguments<typeof inputs>
type Outputs = ComponentSpec<typeof inputs>['outputs']

export const smartRouter = defineComponent({
  type: 'SmartRouter',
  aliases: ['SmartRouterComponent'],
  displayName: 'Smart Router',
  description: 'Has a language model choose the category of a text and goes on along its route.',
  icon: 'route',
  category: 'llm_operations',
  documentation: 'https://docs.langflow.org/smart-router',
  routes: true,
  inputs,
  outputs: {},
  dynamicOutputs: ({ routes, enable_else_output }): Outputs => {
    const rows = Array.isArray(routes) ? routes : []
    const named = rows.map((row, index) => {
      const label = String(row?.route_category || `Category ${index + 1}`)
      return [resultName(index), { ...categoryOutput(index), label }] as const
    })
    return { ...Object.fromEntries(named), ...(enable_else_output === true && { [ELSE]: elseOutput }) }
  },
  outputNamed: (name) => {
    const [, number] = /^category_([1-9]\d*)_result$/.exec(name) ?? []
    return name === ELSE ? elseOutput : number === undefined ? undefined : categoryOutput(Number(number) - 1)
  },
})

const resultName = (index: number) => `category_${index + 1}_result`

function categoryOutput(index: number) {
  return {
    type: 'Message',
    label: `Category ${index + 1}`,
    method: 'process_case',
    grouped: true,
    run: async (args: Args) => said(args, await chosenRoute(args), index),
  } as const
}

const elseOutput = {
  type: 'Message',
  label: 'Else',
  method: 'default_response',
  grouped: true,
  run: async (args: Args) => said(args, await chosenRoute(args), -1),
} as const

/** What an output gives: nothing, unless its route was chosen. */
function said({ inputs }: Args, chosen: number, route: number): Message {
  if (route !== chosen) return message('')
  if (inputs.message && inputs.message.text.trim() !== '') return inputs.message
  const value = String(inputs.routes[route]?.output_value ?? '').trim()
  return message(value === '' || value.toLowerCase() === 'none' ? inputs.input_text : value)
}

/** The number of the chosen route, -1 for none; all others are stopped. The model is asked once for all outputs. */
const chosenRoute = (args: Args): Promise<number> =>
  oncePerBuild(args.context, 'route', async () => {
    const { inputs, dynamic, context } = args
    const names = inputs.routes.map(({ route_category }) => String(route_category ?? '').trim())
    if (names.every((name) => name === '')) {
      throw new AppError('invalid_field', ['There are no categories to choose from. Add some to Routes.'])
    }
    const model = await connectedModel(inputs, dynamic.llm, context)
    const content = [{ type: 'text', text: promptOf(inputs, names) }] as const
    const answer = await askText(model, { messages: [{ role: 'user', content }], stream: false }, context)
    const chosen = categoryIn(answer, names)
    const outputs = [...names.keys()].filter((index) => index !== chosen).map(resultName)
    context.routes.stop(...outputs, ...(chosen === -1 ? [] : [ELSE]))
    context.setStatus(chosen === -1 ? 'No category fits.' : `Category: ${names[chosen]}`)
    return chosen
  })

/** The category an answer names, without regard to quotes and case; -1 for none. */
export function categoryIn(answer: string, names: readonly string[]): number {
  const bare = (text: string) =>
    text
      .trim()
      .replace(/^["'`]+|["'`]+$/g, '')
      .trim()
      .toLowerCase()
  const named = bare(answer)
  return named === '' ? -1 : names.findIndex((name) => bare(name) === named)
}

function promptOf({ input_text, routes, custom_prompt }: Args['inputs'], names: readonly string[]): string {
  const list = names
    .flatMap((name, index) => {
      const description = String(routes[index]?.route_description ?? '').trim()
      return name === '' ? [] : [`- "${name}"${description && `: ${description}`}`]
    })
    .join('\n')
  const extra = custom_prompt.replaceAll(/\{(input_text|routes)\}/g, (_, key) => (key === 'routes' ? list : input_text))
  return [
    'You sort texts into categories.',
    `The text: "${input_text}"`,
    `The categories:\n${list}`,
    `Answer with the exact name of the one category that fits best and nothing else, or with ${NONE} if none fits.`,
    ...(extra.trim() === '' ? [] : [`Additional Instructions:\n${extra}`]),
    'Category:',
  ].join('\n\n')
}
