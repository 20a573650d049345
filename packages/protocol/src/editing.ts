import { z } from 'zod'
import { exampleChange, exampleChangedComponent, exampleComponent } from './component-examples.ts'
import { defineEndpoint } from './endpoint.ts'

const node = z.looseObject({}).nullish()
const NodeRead = z.looseObject({})
const common = { method: 'POST', tag: 'Components', access: 'user' } as const
/** Langflow 1.13 names the flow a node belongs to; nothing depends on it. */
const query = z.object({ flow_id: z.string().nullish() })
const unknownPython = { 400: 'This server does not run Python components' }

export const validateCode = defineEndpoint({
  ...common,
  path: '/api/v1/validate/code',
  summary: 'Check the source of a Python component without running it',
  body: z.object({ code: z.string() }),
  response: z.object({
    imports: z.object({ errors: z.array(z.string()) }),
    function: z.object({ errors: z.array(z.string()) }),
  }),
  examples: {
    body: { code: 'def f(:' },
    response: { imports: { errors: [] }, function: { errors: ["'(' was never closed (<unknown>, line 1)"] } },
  },
})

export const validatePrompt = defineEndpoint({
  ...common,
  path: '/api/v1/validate/prompt',
  summary: 'Find the variables of a prompt, and give the node a field for each',
  body: z.object({
    /** The prompt field of the node. */
    name: z.string(),
    template: z.string(),
    custom_fields: z.looseObject({}).nullish(),
    frontend_node: node,
    /** Variables are written `{{name}}`. */
    mustache: z.boolean().nullish(),
  }),
  response: z.object({ input_variables: z.array(z.string()), frontend_node: NodeRead.nullable() }),
  examples: {
    body: { name: 'template', template: 'Hello {name}!' },
    response: { input_variables: ['name'], frontend_node: null },
  },
  errors: { 400: 'Error: Input variables contain invalid characters or formats.' },
})

export const describeNode = defineEndpoint({
  ...common,
  path: '/api/v1/custom_component',
  summary: 'Describe the component a source text names, keeping the values of a node',
  query,
  body: z.object({ code: z.string(), frontend_node: node }),
  response: z.object({ data: NodeRead, type: z.string() }),
  examples: {
    body: { code: 'class CalculatorComponent(Component): ...' },
    response: { data: exampleComponent, type: 'CalculatorComponent' },
  },
  errors: unknownPython,
})

export const updateNode = defineEndpoint({
  ...common,
  path: '/api/v1/custom_component/update',
  summary: 'Describe a node anew after one of its fields has changed',
  query,
  body: z.object({
    code: z.string().nullish(),
    /** The changed field; `tool_mode` switches the whole node. */
    field: z.string(),
    field_value: z.unknown().optional(),
    template: z.looseObject({}),
    frontend_node: node,
    tool_mode: z.boolean().nullish(),
  }),
  response: NodeRead,
  examples: { body: exampleChange, response: exampleChangedComponent },
  errors: unknownPython,
})
