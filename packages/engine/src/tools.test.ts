import {
  type Component,
  data,
  defineComponent,
  type ErasedArguments,
  field,
  message,
  noSpans,
  type Tool,
} from '@runnel/sdk'
import { flow } from '@runnel/testing/flow-builder'
import { describe, expect, test } from 'vitest'
import { testGraph, testPorts, testRun } from './test-run.ts'

const shout = defineComponent({
  type: 'Shout',
  displayName: 'Shout',
  description: 'Says it louder.',
  icon: '',
  category: '',
  inputs: {
    text: field.text({ label: 'Text', info: 'What to say.', tool: true, required: true }),
    times: field.int({ label: 'Times', tool: true, default: 1 }),
    tone: field.dropdown({ label: 'Tone', options: ['kind', 'rude'], default: 'kind', tool: true }),
    parts: field.text({ label: 'Parts', list: true, tool: true }),
    suffix: field.text({ label: 'Suffix', default: '!' }),
  },
  outputs: {
    loud: {
      type: 'Message',
      label: 'Loud',
      method: 'build_loud',
      run: async ({ inputs, context }) => {
        if (inputs.text === 'fail') throw new Error('too loud')
        await context.messages.send(message('seen?'))
        return message([inputs.text.toUpperCase().repeat(inputs.times), inputs.suffix, ...inputs.parts].join(''))
      },
    },
    length: {
      type: 'Data',
      label: 'Length',
      method: 'count letters',
      info: 'Counts.',
      run: ({ inputs }) => data({ length: inputs.text.length }),
    },
    kept: { type: 'Data', label: 'Kept', method: 'kept', tool: false, run: () => data({}) },
    own: { type: 'Tool', label: 'Own', method: 'api_build_tool', run: () => [] },
  },
})
const toolset = { name: 'component_as_tool', display_name: 'Toolset', method: 'to_toolkit', types: ['Tool'] }

/** The agent: keeps the tools it is given and lets the test call them while the run goes on. */
const agentThat = (use: (tools: readonly Tool[], signal: AbortSignal) => unknown): Component =>
  defineComponent({
    type: 'Agent',
    displayName: 'Agent',
    description: '',
    icon: '',
    category: '',
    role: 'output',
    inputs: { tools: field.handle({ label: 'Tools', accepts: ['Tool'], list: true }) },
    outputs: {
      out: {
        type: 'Any',
        label: 'Out',
        method: 'out',
        run: ({ inputs, context }) => use(inputs.tools as readonly Tool[], context.signal),
      },
    },
  })

async function toolsRun(
  use: (tools: readonly Tool[], signal: AbortSignal) => unknown,
  rows?: readonly unknown[],
  component: Component = shout,
  node = {},
  { cache } = testPorts(),
  fixed: readonly string[] = [],
) {
  const agent = agentThat(use)
  const built = flow({ a: { component, node: { tool_mode: true, outputs: [toolset], ...node } }, b: agent }, [
    'a.component_as_tool -> b.tools',
  ])
  const [first, ...others] = JSON.parse(JSON.stringify(built.nodes))
  for (const name of fixed) first.data.node.template[name].tool_mode = false
  if (rows) first.data.node.template.tools_metadata = { type: 'tools', value: rows, show: true }
  return testRun(testGraph([component, agent], { ...built, nodes: [first, ...others] }), { ports: { cache } })
}
const offered = async (rows?: readonly unknown[], component?: Component) => {
  const { value } = await toolsRun(
    (tools) => tools.map(({ name, description }) => [name, description]),
    rows,
    component,
  )
  return value('Agent-b')
}
const both = [
  ['build_loud', 'Says it louder.'],
  ['count-letters', 'Counts.'],
]

describe('a node in tool mode', () => {
  test('offers a tool for each output that may be one', async () => {
    expect(await offered()).toEqual(both)
  })

  test('offers the tools its component makes itself, and rows know those too', async () => {
    const made: Tool = {
      kind: 'tool',
      name: 'own_tool',
      tags: ['own_tool'],
      description: 'Made.',
      inputSchema: { type: 'object' },
      call: async () => 'made',
    }
    const maker = { ...shout, tools: async () => [made] } as Component
    expect(await offered(undefined, maker)).toEqual([['own_tool', 'Made.']])
    expect(await offered([{ tags: ['own_tool'], name: 'renamed' }], maker)).toEqual([['renamed', 'Made.']])
    const { value, events } = await toolsRun(([tool], signal) => tool?.call({}, signal), undefined, maker)
    expect(value('Agent-b')).toBe('made')
    expect(events.flatMap(({ type }) => (type.startsWith('tool-') ? [type] : []))).toEqual(['tool-start', 'tool-end'])
  })

  test('has the name its component gives, and rows know it by all its names', async () => {
    const [loud] = Object.values(shout.outputs)
    const named = { ...shout, outputs: { loud: { ...loud, toolNames: ['agent_ql'] } } } as Component
    expect(await offered(undefined, named)).toEqual([['agent_ql', 'Says it louder.']])
    expect(await offered([{ tags: ['build_loud'], name: 'old' }], named)).toEqual([['old', 'Says it louder.']])
    expect(await offered([{ tags: ['agent_ql'], name: 'new' }], named)).toEqual([['new', 'Says it louder.']])
  })

  test('describes the arguments of its tools', async () => {
    const { value } = await toolsRun((tools) => tools[0]?.inputSchema)
    expect(value('Agent-b')).toEqual({
      type: 'object',
      properties: {
        text: { type: 'string', title: 'Text', description: 'What to say.' },
        times: { type: 'integer', title: 'Times', description: '', default: 1 },
        tone: { type: 'string', enum: ['kind', 'rude'], title: 'Tone', description: '', default: 'kind' },
        parts: { type: 'array', items: { type: 'string' }, title: 'Parts', description: '', default: [] },
      },
      required: ['text'],
    })
  })

  test('leaves out what the flow fixes, be it all of them', async () => {
    const named = async (...fixed: readonly string[]) => {
      const use = (tools: readonly Tool[]) => Object.keys(tools[0]?.inputSchema.properties ?? {})
      return (await toolsRun(use, undefined, shout, {}, testPorts(), fixed)).value('Agent-b')
    }
    expect(await named('times', 'tone')).toEqual(['text', 'parts'])
    expect(await named('text', 'times', 'tone', 'parts')).toEqual([])
  })

  test('takes all inputs for arguments when none is marked, but no secret and no handle', async () => {
    const plain = defineComponent({
      ...shout,
      inputs: {
        text: field.text({ label: 'Text' }),
        key: field.secret({ label: 'Key' }),
        any: field.handle({ label: 'Any', accepts: ['Data'] }),
        search_depth: field.float({ label: 'Depth' }),
        on: field.bool({ label: 'On' }),
        more: field.nestedDict({ label: 'More' }),
      },
    } as never)
    const { value } = await toolsRun((tools) => tools[0]?.inputSchema.properties, undefined, plain)
    expect(value('Agent-b')).toEqual({
      text: { type: 'string', title: 'Text', description: '', default: '' },
      search_depth: { type: 'number', title: 'Search Depth', description: '', default: '' },
      on: { type: 'boolean', title: 'On', description: '', default: false },
      more: { type: 'object', title: 'More', description: '', default: {} },
    })
  })
})

describe('rows of tools_metadata', () => {
  test('rename and describe tools, and switch off those they leave out', async () => {
    const rows = [{ name: 'yell', tags: ['build_loud'], description: 'Yells.', status: true }]
    expect(await offered(rows)).toEqual([['yell', 'Yells.']])
    expect(await offered([{ tags: ['build_loud'], name: '', description: null }])).toEqual([
      ['build_loud', 'Says it louder.'],
    ])
  })

  test('switch a tool off', async () => {
    const rows = [
      { tags: ['build_loud'], status: false },
      { tags: ['count-letters'], status: true },
    ]
    expect(await offered(rows)).toEqual([['count-letters', 'Counts.']])
    expect(await offered(rows.map(({ tags }) => ({ tags, status: false })))).toEqual([])
  })

  test('fix arguments: the model does not see them, and what it sends for them is not heard', async () => {
    const rows = [{ tags: ['build_loud'], fixed: { times: 2, parts: ['?'], gone: 'x' } }]
    const seen = await toolsRun((tools) => tools[0]?.inputSchema, rows)
    expect(seen.value('Agent-b')).toMatchObject({ properties: { text: {}, tone: {} }, required: ['text'] })
    expect(Object.keys(Object(seen.value('Agent-b')).properties)).toEqual(['text', 'tone'])
    const called = await toolsRun(([tool], signal) => tool?.call({ text: 'a', times: 9 }, signal), rows)
    expect(called.value('Agent-b')).toMatchObject({ text: 'AA!?' })
  })

  test('need nothing of the model for a required argument that is fixed', async () => {
    const rows = [{ tags: ['build_loud'], fixed: { text: 'mine' } }]
    const seen = await toolsRun((tools) => tools[0]?.inputSchema.required, rows)
    expect(seen.value('Agent-b')).toEqual([])
    const called = await toolsRun(([tool], signal) => tool?.call({ text: 'theirs' }, signal), rows)
    expect(called.value('Agent-b')).toMatchObject({ text: 'MINE!' })
  })

  test('bring tools of older versions that are offered to nobody else', async () => {
    const whisper = { ...shout.outputs.loud, method: 'build_soft', tool: 'named' } as const
    const older = { ...shout, outputs: { ...shout.outputs, whisper } } as Component
    expect(await offered(undefined, older)).toEqual(both)
    expect(await offered([{ tags: ['something_else'] }], older)).toEqual(both)
    expect(await offered([{ tags: ['Shout-build_soft'], name: 'Shout-build_soft' }], older)).toEqual([
      ['Shout-build_soft', 'Says it louder.'],
    ])
  })

  test.each([['TYPE-build_loud'], ['None-build_loud']])('of 1.2 and 1.3 are tagged %s', async (tag) => {
    expect(await offered([{ name: 'yell', tags: [tag] }])).toEqual([['yell', 'Says it louder.']])
  })

  test.each([[[]], [[{ tags: ['something_else'], name: 'x' }]], [[{ name: 'no tags' }]], [['no row']]])(
    'that match nothing leave all tools: %j',
    async (rows) => {
      expect(await offered(rows)).toEqual(both)
    },
  )
})

describe('a tool', () => {
  const call = async (input: Readonly<Record<string, unknown>>, set = {}) => {
    const run = await toolsRun((tools, signal) => tools[0]?.call(input, signal), undefined, shout, set)
    const failed = run.events.find((event) => event.type === 'node-error')
    return {
      ...run,
      said: failed?.type === 'node-error' ? failed.failure.reason : (run.value('Agent-b') as { text: string }).text,
    }
  }

  test('runs with its arguments, coerced, beside the values of the node', async () => {
    expect((await call({ text: 'hi', times: '2', parts: ['a', 'b'] })).said).toBe('HIHI!ab')
    expect((await call({ text: message('hi') })).said).toBe('HI!')
  })

  test('takes no value for the one it has, and nothing that is no argument', async () => {
    expect((await call({ text: 'hi', times: null, parts: undefined, suffix: '?', unknown: 1 })).said).toBe('HI!')
    expect((await call(JSON.parse('{"text": "hi", "__proto__": {"suffix": "?"}, "constructor": 1}'))).said).toBe('HI!')
  })

  test('is shown at work, and what it says is not', async () => {
    const { events } = await call({ text: 'hi' })
    expect(events.map((event) => ('nodeId' in event ? `${event.type} ${event.nodeId}` : event.type))).toEqual([
      'run-start',
      'node-start Shout-a',
      'node-end Shout-a',
      'node-start Agent-b',
      'tool-start Shout-a',
      'tool-end Shout-a',
      'node-end Agent-b',
      'run-end',
    ])
  })

  test('throws what goes wrong, and is at work no more', async () => {
    const { said, events } = await call({ text: 'fail' })
    expect(said).toBe('too loud')
    expect(events.filter(({ type }) => type === 'tool-end')).toHaveLength(1)
    expect((await call({ text: 'hi', times: 'often' })).said).toBe(
      "Could not convert 'often' to integer for input times.",
    )
  })

  test('tells its caller of the tokens it used, also when it fails', async () => {
    const tokens = { input_tokens: 1, output_tokens: 2, total_tokens: 3 }
    const [loud] = Object.values(shout.outputs)
    const asking = {
      ...shout,
      outputs: {
        loud: {
          ...loud,
          run({ context, inputs }: ErasedArguments) {
            context.addUsage(tokens)
            if (inputs.text === 'fail') throw new Error('no')
          },
        },
      },
    } as Component
    const told: unknown[] = []
    const use = async ([tool]: readonly Tool[], signal: AbortSignal) => {
      await tool?.call({ text: 'hi' }, signal, { addUsage: (usage) => told.push(usage), spans: noSpans })
      await tool
        ?.call({ text: 'fail' }, signal, { addUsage: (usage) => told.push(usage), spans: noSpans })
        .catch(() => {})
    }
    await toolsRun(use, undefined, asking)
    expect(told).toEqual([tokens, tokens])
  })

  test('starts afresh at each call', async () => {
    const { value } = await toolsRun(async ([tool], signal) => {
      const first = await tool?.call({ text: 'a', times: 3 }, signal)
      const second = await tool?.call({ text: 'b' }, signal)
      return [first, second].map((said) => (said as { text: string }).text)
    })
    expect(value('Agent-b')).toEqual(['AAA!', 'B!'])
  })

  test('of a frozen node is made for each run', async () => {
    const seen: string[] = []
    const ports = testPorts()
    const run = () =>
      toolsRun(async ([tool], signal) => tool?.call({ text: 'hi' }, signal), undefined, shout, { frozen: true }, ports)
    for (const { events } of [await run(), await run()])
      seen.push(...events.flatMap(({ type }) => (type === 'tool-start' ? [type] : [])))
    expect(seen).toHaveLength(2)
  })
})
