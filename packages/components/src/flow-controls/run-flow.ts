import {
  type ComponentSpec,
  defineComponent,
  type FlowInfo,
  type FlowNodeOutputs,
  field,
  type RunArguments,
  type Tool,
  toData,
  toDataFrame,
  toMessage,
} from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { FLOW_NAMES, fieldsByNode, firstValue, flowNamed, runOther } from '../shared/flow-run.ts'

/** Stands between a node and its field or output in the names that the chosen flow brings. */
const SEPARATOR = '~'

const inputs = {
  flow_name_selected: field.dropdown({
    label: 'Flow Name',
    info: 'The flow to run, one of your own.',
    options: FLOW_NAMES,
    refresh: true,
    extra: { refresh_button: true, options_metadata: [], selected_metadata: {} },
  }),
  flow_id_selected: field.string({
    label: 'Flow ID',
    info: 'The flow to run; goes before its name.',
    show: false,
    extra: { override_skip: true },
  }),
  session_id: field.text({
    label: 'Session ID',
    info: 'The conversation the flow runs in. Empty means that of the run.',
    advanced: true,
  }),
  cache_flow: field.bool({
    label: 'Cache Flow',
    info: 'Flows are always kept ready to run; this makes no difference.',
    advanced: true,
  }),
}
type Args = RunArguments<typeof inputs>

const output: NonNullable<ComponentSpec<typeof inputs>['outputNamed']> = (name) => {
  const at = name.lastIndexOf(SEPARATOR)
  if (at <= 0) return undefined
  const [node, wanted] = [name.slice(0, at), name.slice(at + 1)]
  return {
    type: 'Any',
    label: wanted,
    method: `_resolve_flow_output__${node.replaceAll(/\W/g, '_')}__${wanted}`,
    run: async (args) => (await runOnce(args)).find(({ id }) => id === node)?.outputs.get(wanted),
  }
}

export const runFlow = defineComponent({
  type: 'RunFlow',
  aliases: ['RunFlowComponent'],
  displayName: 'Run Flow',
  description: 'Runs another of your flows and gives what it answers.',
  icon: 'Workflow',
  category: 'flow_controls',
  documentation: 'https://docs.langflow.org/run-flow',
  beta: true,
  inputs,
  outputs: {
    flow_outputs_data: {
      type: 'Data',
      label: 'Flow Data Output',
      method: 'data_output',
      grouped: true,
      hidden: true,
      tool: false,
      run: async (args) => toData(firstValue(await runOnce(args)) ?? {}),
    },
    flow_outputs_dataframe: {
      type: 'DataFrame',
      label: 'Flow Dataframe Output',
      method: 'dataframe_output',
      grouped: true,
      hidden: true,
      tool: false,
      run: async (args) => toDataFrame(firstValue(await runOnce(args)) ?? []),
    },
    flow_outputs_message: {
      type: 'Message',
      label: 'Flow Message Output',
      method: 'message_output',
      grouped: true,
      run: async (args) => toMessage(firstValue(await runOnce(args)) ?? ''),
    },
  },
  outputNamed: output,
  tools: async (args) => [await toolOf(args)],
})

/** All outputs of one build show the same run. */
const runOnce = (args: Args): Promise<readonly FlowNodeOutputs[]> =>
  oncePerBuild(args.context, 'run', async () => {
    const { inputs, dynamic, context } = args
    const wanted = [...context.node.connectedOutputs].filter((name) => name.includes(SEPARATOR))
    return runOther(
      await chosenFlow(args),
      {
        fields: fieldsByNode(dynamic, SEPARATOR),
        sessionId: inputs.session_id,
        nodes: wanted.map((name) => name.slice(0, name.lastIndexOf(SEPARATOR))),
      },
      context,
    )
  })

const chosenFlow = ({ inputs, context }: Args): Promise<FlowInfo> =>
  flowNamed(context, inputs.flow_id_selected, inputs.flow_name_selected)

/** The flow as a tool; its arguments are the fields of its inputs that are not set aside as advanced. */
async function toolOf(args: Args): Promise<Tool> {
  const { inputs, dynamic, context } = args
  const flow = await chosenFlow(args)
  const name = `${flow.name}_tool`.replace(/[^A-Za-z0-9_-]/g, '-')
  const properties = argumentsOf(flow)
  return {
    kind: 'tool',
    name,
    tags: [name, `${flow.name}_tool_message_output`.replace(/[^A-Za-z0-9_-]/g, '-')],
    description: `Tool designed to execute the flow '${flow.name}'. Flow details: ${flow.description}.`,
    inputSchema: {
      type: 'object',
      properties: {
        flow_tweak_data: {
          type: 'object',
          title: 'Flow Tweak Data',
          description: 'What the flow is given.',
          properties,
        },
      },
      required: Object.keys(properties).length > 0 ? ['flow_tweak_data'] : [],
    },
    async call({ flow_tweak_data }, signal) {
      const given = Object.entries(flow_tweak_data ?? {}).filter(([key]) => Object.hasOwn(properties, key))
      const fields = fieldsByNode({ ...dynamic, ...Object.fromEntries(given) }, SEPARATOR)
      return firstValue(await runOther(flow, { fields, sessionId: inputs.session_id }, context, signal))
    },
  }
}

function argumentsOf({ inputs }: FlowInfo): Readonly<Record<string, unknown>> {
  const entries = inputs.flatMap(({ id, displayName, fields }) =>
    fields
      .filter(({ advanced }) => !advanced)
      .map(({ name, label }) => [
        `${id}${SEPARATOR}${name}`,
        { type: 'string', title: `${label} (${displayName})`, description: `${label} of ${displayName}.` },
      ]),
  )
  return Object.fromEntries(entries)
}
