import { AppError } from '@runnel/protocol/errors'
import { defineComponent, type FlowInfo, field, type InputsOf, type RunContext, type Tool } from '@runnel/sdk'
import { allValues, FLOW_NAMES, firstValue, runOther } from '../shared/flow-run.ts'

const inputs = {
  flow_name: field.dropdown({
    label: 'Flow Name',
    info: 'The flow the tool runs, one of your own.',
    options: FLOW_NAMES,
    refresh: true,
    extra: { refresh_button: true },
  }),
  tool_name: field.string({ label: 'Name', info: 'The name of the tool. Empty means that of the flow.' }),
  tool_description: field.string({
    label: 'Description',
    info: 'What the agent is told of the tool. Empty means the description of the flow.',
  }),
  return_direct: field.bool({
    label: 'Return Direct',
    info: 'Of older agents: those here always read the answer themselves.',
    advanced: true,
  }),
}

export const flowTool = defineComponent({
  type: 'FlowTool',
  aliases: ['FlowToolComponent', 'Flow as Tool'],
  displayName: 'Flow as Tool',
  description: 'Makes a tool of another of your flows.',
  icon: 'hammer',
  category: 'flow_controls',
  beta: true,
  legacy: true,
  replacement: ['flow_controls.RunFlow'],
  inputs,
  outputs: {
    api_build_tool: {
      type: 'Tool',
      label: 'Tool',
      method: 'build_tool',
      run: ({ inputs, context }) => toolOf(inputs, context),
    },
  },
})

async function toolOf(given: InputsOf<typeof inputs>, context: RunContext): Promise<Tool> {
  if (given.flow_name.trim() === '') throw new AppError('invalid_field', ['Flow name is required'])
  const flow = await context.flows.find(given.flow_name)
  if (!flow) throw new AppError('invalid_field', ['Flow not found.'])
  const name = (given.tool_name || flow.name).replace(/[^A-Za-z0-9_-]/g, '-')
  const names = argumentNames(flow)
  return {
    kind: 'tool',
    name,
    tags: [name],
    description: given.tool_description || flow.description || flow.name,
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(
        [...names].map(([argument, { displayName }]) => [argument, { type: 'string', description: displayName }]),
      ),
      required: [...names.keys()],
    },
    async call(input, signal) {
      const set = [...names].flatMap(([argument, { id }]) =>
        Object.hasOwn(input, argument) ? [[id, { input_value: String(input[argument]) }] as const] : [],
      )
      const ran = await runOther(flow, { fields: Object.fromEntries(set) }, context, signal)
      return ran.filter(({ isOutput }) => isOutput).length > 1 ? allValues(ran) : firstValue(ran)
    },
  }
}

/** One argument per input node, named after its title; a second of the same name is numbered. */
function argumentNames({ inputs }: FlowInfo): ReadonlyMap<string, FlowInfo['inputs'][number]> {
  const names = new Map<string, FlowInfo['inputs'][number]>()
  for (const input of inputs) {
    const name = input.displayName.trim().toLowerCase().replace(/\W+/g, '_')
    const taken = [...names.keys()].filter((one) => one === name || one.startsWith(`${name}_`)).length
    names.set(taken === 0 ? name : `${name}_${taken + 1}`, input)
  }
  return names
}
