import { defineComponent, field, message } from '@runnel/sdk'
import { expect, test } from 'vitest'
import { componentPage } from './component-pages.ts'

test('says what a component takes and gives', () => {
  const page = componentPage(
    defineComponent({
      type: 'Echo',
      aliases: ['EchoComponent'],
      displayName: 'Echo',
      description: 'Gives its text back.',
      icon: 'box',
      category: 'flow_controls',
      legacy: true,
      replacement: ['flow_controls.Shout'],
      inputs: {
        said: field.text({ label: 'Said', info: 'This | that.', default: 'x'.repeat(100), required: true }),
        mode: field.dropdown({ label: 'Mode', options: ['a', 'b'], default: 'a', advanced: true, show: false }),
      },
      outputs: {
        text: { type: 'Message', label: 'Text', method: 'build_text', run: () => message('') },
        old: { type: 'Data', label: 'Old', method: 'old', hidden: true, tool: false, run: () => [] },
      },
    }),
  )
  expect(page.split('\n').slice(2)).toEqual([
    '# Echo',
    '',
    'Gives its text back.',
    '',
    'Type `Echo`, in Flow controls. Flow files also call it `EchoComponent`. Legacy: it runs, and the sidebar does not offer it. Use `flow_controls.Shout` in new flows.',
    '',
    '## Inputs',
    '',
    '| Field | Title | Kind | Default | Advanced | What it is for |',
    '| --- | --- | --- | --- | --- | --- |',
    `| \`said\` | Said (required) | MessageText | \`"${'x'.repeat(79)}…\` |  | This \\| that. |`,
    '| `mode` | Mode | Dropdown | `"a"` | yes | One of `a`, `b`. Hidden at first. |',
    '',
    '## Outputs',
    '',
    '| Output | Title | Type | Tool name |',
    '| --- | --- | --- | --- |',
    '| `text` | Text | Message | `build_text` |',
    '| `old` | Old (of older flows) | Data or JSON |  |',
    '',
  ])
})
