import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { Uuid } from './identifiers.ts'

export const VariableType = z.enum(['Credential', 'Generic'])

/** `value` is null for a credential: it is never shown again after it was set. */
export const VariableRead = z.object({
  id: z.string(),
  name: z.string(),
  type: VariableType,
  value: z.string().nullable(),
  default_fields: z.array(z.string()).nullable(),
  has_value: z.boolean(),
  is_owner: z.boolean(),
  can_manage_shares: z.boolean(),
  is_valid: z.boolean().nullable(),
  validation_error: z.string().nullable(),
})
export type VariableRead = z.output<typeof VariableRead>

const exampleVariable = {
  id: 'ea1d70d3-d055-49a8-ba6d-c697f79cc71e',
  name: 'OPENAI_API_KEY',
  type: 'Credential',
  value: null,
  default_fields: ['OpenAI API Key'],
  has_value: true,
  is_owner: true,
  can_manage_shares: false,
  is_valid: null,
  validation_error: null,
}

const params = z.object({ variable_id: Uuid })
const notFound = { 404: 'Variable not found' }

export const listVariables = defineEndpoint({
  method: 'GET',
  path: '/api/v1/variables/',
  tag: 'Variables',
  summary: 'List your global variables',
  access: 'user',
  response: z.array(VariableRead),
  examples: { response: [exampleVariable] },
})

export const createVariable = defineEndpoint({
  method: 'POST',
  path: '/api/v1/variables/',
  audit: 'variable.create',
  tag: 'Variables',
  summary: 'Create a global variable',
  access: 'user',
  body: z.object({
    name: z.string(),
    value: z.string(),
    type: VariableType.default('Credential'),
    default_fields: z.array(z.string()).nullish(),
  }),
  status: 201,
  response: VariableRead,
  examples: {
    body: { name: 'OPENAI_API_KEY', value: 'sk-…', type: 'Credential', default_fields: ['OpenAI API Key'] },
    response: exampleVariable,
  },
  errors: { 400: 'Variable name already exists' },
})

export const updateVariable = defineEndpoint({
  method: 'PATCH',
  path: '/api/v1/variables/:variable_id',
  audit: 'variable.update',
  tag: 'Variables',
  summary: 'Change a global variable; what is left out stays',
  access: 'user',
  params,
  body: z.object({
    name: z.string().nullish(),
    value: z.string().nullish(),
    type: VariableType.nullish(),
    default_fields: z.array(z.string()).nullish(),
  }),
  response: VariableRead,
  examples: { body: { value: 'sk-…' }, response: exampleVariable },
  errors: { 400: 'Variable name already exists', ...notFound },
})

export const deleteVariable = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/variables/:variable_id',
  audit: 'variable.delete',
  tag: 'Variables',
  summary: 'Delete a global variable',
  access: 'user',
  params,
  status: 204,
  response: z.undefined(),
  errors: notFound,
})
