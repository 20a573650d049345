import {
  createVariable,
  deleteVariable,
  listVariables,
  updateVariable,
  type VariableRead,
} from '@runnel/protocol/variables'
import type { VariableRecord } from '@runnel/storage/records'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'

/** Written by the server for itself, as `__default_language_model__` is; they have endpoints of their own. */
const INTERNAL = /^__\w+__$/

/** Global variables of the caller. */
export function variablesRoutes(app: FastifyInstance, { variables }: Pick<Services, 'variables'>): void {
  const toRead = (variable: VariableRecord): VariableRead => ({
    id: variable.id,
    name: variable.name,
    type: variable.type,
    value: variables.shownValue(variable),
    default_fields: [...variable.defaultFields],
    has_value: true,
    is_owner: true,
    can_manage_shares: false,
    is_valid: null,
    validation_error: null,
  })
  implement(app, listVariables, async ({ user }) =>
    (await variables.list(user.id)).filter(({ name }) => !INTERNAL.test(name)).map(toRead),
  )
  implement(app, createVariable, async ({ body, user }) => toRead(await variables.add(user.id, body)))
  implement(app, updateVariable, async ({ params, body, user }) =>
    toRead(await variables.update(user.id, params.variable_id, body)),
  )
  implement(app, deleteVariable, async ({ params, user }, reply) => {
    await variables.remove(user.id, params.variable_id)
    // Langflow names a type here although nothing follows.
    reply.header('content-type', 'application/json')
  })
}
