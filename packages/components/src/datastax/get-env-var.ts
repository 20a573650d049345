import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field, message } from '@runnel/sdk'

export const getEnvVar = defineComponent({
  type: 'GetEnvVar',
  displayName: 'Get Environment Variable',
  description: 'Gives the value of a variable of yours, or of an environment variable that flows may read.',
  icon: 'AstraDB',
  category: 'datastax',
  inputs: {
    env_var_name: field.string({ label: 'Environment Variable Name', info: 'The name of the variable.' }),
  },
  outputs: {
    env_var_value: {
      type: 'Message',
      label: 'Environment Variable Value',
      method: 'process_inputs',
      async run({ inputs, context }) {
        const value = await context.variables.get(inputs.env_var_name)
        if (value !== undefined) return message(value)
        throw new AppError('invalid_field', [`Environment variable ${inputs.env_var_name} not set`])
      },
    },
  },
})
