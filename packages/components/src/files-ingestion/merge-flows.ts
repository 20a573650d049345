import { defineComponent, field, message } from '@runnel/sdk'

export const mergeFlows = defineComponent({
  type: 'MergeFlows',
  aliases: ['MergeFlowsComponent'],
  displayName: 'Merge Flows',
  description: 'Brings several parts of a flow together: running it runs all that is connected to it.',
  icon: 'git-merge',
  category: 'files_ingestion',
  inputs: {
    inputs: field.handle({
      label: 'Inputs',
      info: 'What must have run before this is done.',
      accepts: ['Data', 'JSON', 'DataFrame', 'Table', 'Message', 'Tool'],
      list: true,
    }),
  },
  outputs: {
    done: {
      type: 'Message',
      label: 'Done',
      method: 'run',
      run: ({ inputs: { inputs: given } }) => message(`Merged ${given.length} flows`),
    },
  },
})
