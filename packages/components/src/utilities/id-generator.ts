import { randomUUID } from 'node:crypto'
import { defineComponent, field, message } from '@runnel/sdk'

export const idGenerator = defineComponent({
  type: 'IDGenerator',
  aliases: ['IDGeneratorComponent'],
  displayName: 'ID Generator',
  description: 'Gives an id that nothing else has.',
  icon: 'fingerprint',
  category: 'utilities',
  legacy: true,
  inputs: {
    unique_id: field.text({ label: 'Value', info: 'The id to give; a new one when it is empty.', tool: true }),
  },
  outputs: {
    id: {
      type: 'Message',
      label: 'ID',
      method: 'generate_id',
      run({ inputs, context }) {
        const id = inputs.unique_id || randomUUID()
        context.setStatus(`Generated ID: ${id}`)
        return message(id)
      },
    },
  },
})
