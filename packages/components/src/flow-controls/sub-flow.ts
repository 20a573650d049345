import { defineComponent, field } from '@runnel/sdk'
import { allValues, FLOW_NAMES, fieldsByNode, flowNamed, runOther } from '../shared/flow-run.ts'

export const subFlow = defineComponent({
  type: 'SubFlow',
  aliases: ['SubFlowComponent'],
  displayName: 'Sub Flow',
  description: 'Runs another of your flows and gives all its outputs.',
  icon: 'Workflow',
  category: 'flow_controls',
  beta: true,
  legacy: true,
  replacement: ['flow_controls.RunFlow'],
  inputs: {
    flow_name: field.dropdown({
      label: 'Flow Name',
      info: 'The flow to run, one of your own.',
      options: FLOW_NAMES,
      refresh: true,
      extra: { refresh_button: true },
    }),
  },
  outputs: {
    flow_outputs: {
      type: 'Data',
      label: 'Flow Outputs',
      method: 'generate_results',
      async run({ inputs, dynamic, context }) {
        const flow = await flowNamed(context, inputs.flow_name)
        return allValues(await runOther(flow, { fields: fieldsByNode(dynamic, '|') }, context))
      },
    },
  },
})
