import { defineComponent, field, type InputsOf, isMessage, type Message, message, type RunContext } from '@runnel/sdk'
import { buildOf } from '../shared/node-build.ts'
import { matchesAtStart } from '../shared/python-regex.ts'

const OPERATORS = [
  'equals',
  'not equals',
  'contains',
  'starts with',
  'ends with',
  'regex',
  'less than',
  'less than or equal',
  'greater than',
  'greater than or equal',
] as const
type Operator = (typeof OPERATORS)[number]

const inputs = {
  input_text: field.text({ label: 'Text Input', info: 'The text that is looked at.', required: true }),
  operator: field.dropdown({
    label: 'Operator',
    info: 'How the two texts are compared. less and greater compare them as numbers.',
    options: OPERATORS,
    default: 'equals',
    refresh: true,
  }),
  match_text: field.text({ label: 'Match Text', info: 'The text it is compared with.', required: true }),
  case_sensitive: field.bool({
    label: 'Case Sensitive',
    info: 'Whether capitals make a difference. They always do in a regex.',
    default: true,
    advanced: true,
  }),
  true_case_message: field.message({
    label: 'Case True',
    info: 'What the True output gives. Empty means the text that is looked at.',
    advanced: true,
  }),
  false_case_message: field.message({
    label: 'Case False',
    info: 'What the False output gives. Empty means the text that is looked at.',
    advanced: true,
  }),
  max_iterations: field.int({
    label: 'Max Iterations',
    info: 'In a loop, after so many rounds only the default route is taken.',
    default: 10,
    advanced: true,
  }),
  default_route: field.dropdown({
    label: 'Default Route',
    info: 'The route taken after the last round.',
    options: ['true_result', 'false_result'],
    default: 'false_result',
    advanced: true,
  }),
}
type Inputs = InputsOf<typeof inputs>
type Route = 'true_result' | 'false_result'

interface Arguments {
  readonly inputs: Inputs
  readonly dynamic: Readonly<Record<string, unknown>>
  readonly context: RunContext
}

export const conditionalRouter = defineComponent({
  type: 'ConditionalRouter',
  aliases: ['ConditionalRouterComponent', 'If-Else'],
  displayName: 'If-Else',
  description: 'Compares two texts and goes on along one of two routes.',
  icon: 'split',
  category: 'flow_controls',
  documentation: 'https://docs.langflow.org/if-else',
  routes: true,
  inputs,
  dynamicInputs: ({ operator }) => ({
    case_sensitive:
      operator === 'regex'
        ? field.bool({ label: 'Case Sensitive', default: true, advanced: true, show: false })
        : inputs.case_sensitive,
  }),
  outputs: {
    true_result: {
      type: 'Message',
      label: 'True',
      method: 'true_response',
      grouped: true,
      run: (args) => messageOn('true_result', args),
    },
    false_result: {
      type: 'Message',
      label: 'False',
      method: 'false_response',
      grouped: true,
      run: (args) => messageOn('false_result', args),
    },
  },
})

/** Stops the route that is not taken and gives what the asked one carries: nothing, when it is the stopped one. */
function messageOn(route: Route, { inputs, dynamic, context }: Arguments): Message {
  const taken = routeTaken(inputs, roundOf(context))
  context.routes.stop(taken === 'true_result' ? 'false_result' : 'true_result')
  if (route !== taken) return message('')
  const said = route === 'true_result' ? inputs.true_case_message : inputs.false_case_message
  return filled(said) ?? filled(dynamic.message) ?? message(inputs.input_text)
}

/** After `max_iterations` rounds the route that would be taken gives way to the default one. */
function routeTaken(inputs: Inputs, round: number): Route {
  const { input_text, operator, match_text, case_sensitive, max_iterations, default_route } = inputs
  if (round >= max_iterations) return default_route
  return compare(input_text, operator, match_text, { case_sensitive }) ? 'true_result' : 'false_result'
}

/** How often the node has been built in this run, counted once for both of its outputs. */
function roundOf(context: RunContext): number {
  const key = `${context.node.id}:round`
  const build = buildOf(context)
  // Only this function sets the key.
  const last = context.state.get(key) as { readonly build: unknown; readonly round: number } | undefined
  if (last && last.build === build) return last.round
  const round = (last?.round ?? 0) + 1
  context.state.set(key, { build, round })
  return round
}

/** A Message that says something; nodes up to 1.5 hold it as text. */
function filled(value: unknown): Message | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : message(value)
  return isMessage(value) && (value.text.trim() !== '' || value.files.length > 0) ? value : undefined
}

/** Compares two texts. A comparison of numbers is false when one of them is none. */
export function compare(
  text: string,
  operator: Operator,
  match: string,
  { case_sensitive }: { readonly case_sensitive: boolean },
): boolean {
  if (operator === 'regex') return matchesAtStart(match, text)
  const [left, right] = case_sensitive ? [text, match] : [text.toLowerCase(), match.toLowerCase()]
  switch (operator) {
    case 'equals':
      return left === right
    case 'not equals':
      return left !== right
    case 'contains':
      return left.includes(right)
    case 'starts with':
      return left.startsWith(right)
    case 'ends with':
      return left.endsWith(right)
    case 'less than':
      return numberIn(left) < numberIn(right)
    case 'less than or equal':
      return numberIn(left) <= numberIn(right)
    case 'greater than':
      return numberIn(left) > numberIn(right)
    case 'greater than or equal':
      return numberIn(left) >= numberIn(right)
    default:
      return operator satisfies never
  }
}

/** NaN, which is neither less nor greater than anything, for a text that is no number. */
const numberIn = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))
