import { type Component, field } from '@runnel/sdk'
import { componentOfNode, userComponent } from '../shared/user-component.ts'

/** What a new node holds: a component to change into one's own. Its declaration below says the same. */
const STARTER = `import { defineComponent, field } from 'runnel'

export default defineComponent({
  displayName: 'Custom Component',
  description: 'A component of your own, written in TypeScript.',
  icon: 'Code',
  inputs: {
    input_value: field.text({ label: 'Input Value', info: 'A text to work on.', default: 'Hello, World!', tool: true }),
  },
  outputs: {
    output: {
      type: 'Data',
      label: 'Output',
      info: 'Gives the text back.',
      run({ inputs, context }) {
        context.log('value', inputs.input_value)
        return { value: inputs.input_value }
      },
    },
  },
})
`

/** A component users write themselves; each node of it carries its own source. */
export const customComponent: Component = {
  ...userComponent(
    {
      displayName: 'Custom Component',
      description: 'A component of your own, written in TypeScript.',
      icon: 'Code',
      documentation: '',
      inputs: {
        input_value: field.text({
          label: 'Input Value',
          info: 'A text to work on.',
          default: 'Hello, World!',
          tool: true,
        }),
      },
      outputs: { output: { type: 'Data', label: 'Output', info: 'Gives the text back.' } },
    },
    STARTER,
  ),
  ofNode: componentOfNode,
}
