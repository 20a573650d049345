import { data, defineComponent, field } from '@runnel/sdk'
import { valueUnder } from '../shared/run-values.ts'

export const listen = defineComponent({
  type: 'Listen',
  aliases: ['ListenComponent'],
  displayName: 'Listen',
  description: 'Gives what a Notify of the same key has said, each time it says something.',
  icon: 'Radio',
  category: 'flow_controls',
  beta: true,
  listensTo: 'context_key',
  inputs: {
    context_key: field.string({
      label: 'Context Key',
      info: 'The key to listen for.',
      required: true,
      accepts: ['Message'],
    }),
  },
  outputs: {
    data: {
      type: 'Data',
      label: 'JSON',
      method: 'listen_for_data',
      run({ inputs, context }) {
        const said = valueUnder(context, inputs.context_key) ?? data({ text: '' })
        context.setStatus(said)
        return said
      },
    },
  },
})
