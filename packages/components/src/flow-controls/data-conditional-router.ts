import { type Data, data, defineComponent, field, type InputsOf, pyStr, type RunContext } from '@runnel/sdk'

const OPERATORS = ['equals', 'not equals', 'contains', 'starts with', 'ends with', 'boolean validator'] as const
type Operator = (typeof OPERATORS)[number]

const inputs = {
  data_input: field.data({ label: 'Data Input', info: 'The items to look at.', list: true }),
  key_name: field.text({ label: 'Key Name', info: 'The key whose value decides.' }),
  operator: field.dropdown({
    label: 'Operator',
    info: 'How the value is compared. boolean validator asks whether it means true.',
    options: OPERATORS,
    default: 'equals',
  }),
  compare_value: field.text({
    label: 'Match Text',
    info: 'What the value is compared with. A boolean validator needs none.',
  }),
}
type Inputs = InputsOf<typeof inputs>

const output = (label: string) =>
  ({
    type: 'Data',
    label,
    method: 'process_data',
    run: ({ inputs, context }: { readonly inputs: Inputs; readonly context: RunContext }) => routed(inputs, context),
  }) as const

export const dataConditionalRouter = defineComponent({
  type: 'DataConditionalRouter',
  aliases: ['DataConditionalRouterComponent'],
  displayName: 'Condition',
  description: 'Goes on along one of two routes, by a value of the data.',
  icon: 'split',
  category: 'flow_controls',
  legacy: true,
  replacement: ['flow_controls.ConditionalRouter'],
  routes: true,
  inputs,
  outputs: { true_output: output('True Output'), false_output: output('False Output') },
})

/** What goes on; the other route is stopped. One item that cannot be compared goes on as an error, on both. */
function routed({ data_input, key_name, operator, compare_value }: Inputs, { routes }: RunContext) {
  const [only, ...others] = data_input
  if (!only) return data({ error: 'There is no data to look at. Connect one.' })
  const known = data_input.filter((item) => Object.hasOwn(item.data, key_name))
  if (others.length === 0 && known.length === 0) {
    return data({ error: `Key '${key_name}' not found in Data. It has: ${Object.keys(only.data).join(', ')}.` })
  }
  const isMatch = (item: Data) => matches(item.data[key_name], operator, compare_value)
  const matching = known.filter(isMatch)
  routes.stop(matching.length > 0 ? 'false_output' : 'true_output')
  if (others.length === 0) return only
  return matching.length > 0 ? matching : known
}

/** Compares a value as text; a boolean validator asks whether it means true. */
export function matches(value: unknown, operator: Operator, wanted: string): boolean {
  const text = pyStr(value)
  switch (operator) {
    case 'equals':
      return text === wanted
    case 'not equals':
      return text !== wanted
    case 'contains':
      return text.includes(wanted)
    case 'starts with':
      return text.startsWith(wanted)
    case 'ends with':
      return text.endsWith(wanted)
    case 'boolean validator':
      return ['true', '1', 'yes', 'y', 'on'].includes(text.toLowerCase())
    default:
      return operator satisfies never
  }
}
