import { describeNode, updateNode, validateCode, validatePrompt } from '@runnel/protocol/editing'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { isComponentModule } from '@runnel/sdk'
import type { FastifyInstance } from 'fastify'
import { flowBody, implement } from '../http/implement.ts'
import { withKnowledgeOptions } from '../knowledge-bases/knowledge-options.ts'
import type { Services } from '../services.ts'
import { withAccount } from './account-state.ts'
import { withChosenFlow } from './chosen-flow.ts'
import { withMcpTools } from './chosen-mcp-tool.ts'
import { findComponent } from './find-component.ts'
import { describeWith } from './node-template.ts'
import { promptFields, withPromptFields } from './prompt-fields.ts'
import { pythonProblem } from './python-source.ts'
import { withServerModels } from './server-models.ts'
import { describeUserNode } from './user-node.ts'

/**
 * What the editor asks while a flow is edited: nodes described anew, prompts and sources checked. No flow runs, and
 * of sources only, in the sandbox, the module of a component that its author edits.
 */
export function editingRoutes(
  app: FastifyInstance,
  {
    registry,
    models,
    storage,
    loader,
    mcp,
    customCode,
    vectorStore,
    variables,
    http,
  }: Pick<
    Services,
    'registry' | 'models' | 'storage' | 'loader' | 'mcp' | 'customCode' | 'vectorStore' | 'variables' | 'http'
  >,
): void {
  implement(app, validateCode, async ({ body: { code }, user, signal }) => {
    const problem = isComponentModule(code) ? await customCode.check(code, user, signal) : pythonProblem(code)
    if (!problem) return { imports: { errors: [] }, function: { errors: [] } }
    if ('kind' in problem && problem.kind === 'import') {
      return { imports: { errors: [problem.message] }, function: { errors: [] } }
    }
    const place = problem.line === undefined ? '' : ` (<unknown>, line ${problem.line})`
    return { imports: { errors: [] }, function: { errors: [`${problem.message}${place}`] } }
  })

  implement(
    app,
    validatePrompt,
    async ({ body }) => {
      const { name, template, custom_fields, frontend_node: node } = body
      const prompt = (await registry()).get('Prompt')
      const fields = prompt ? promptFields(prompt, { field: name, template, doubled: body.mustache === true }) : {}
      return {
        input_variables: Object.keys(fields),
        frontend_node: node ? withPromptFields(node, name, fields, custom_fields) : null,
      }
    },
    flowBody,
  )

  implement(
    app,
    describeNode,
    async ({ body, user, signal }) => {
      const node = body.frontend_node ?? undefined
      const template = withCode(isObject(node?.template) ? node.template : {}, body.code)
      if (isComponentModule(body.code)) {
        const component = await customCode.component(body.code, user, signal)
        const { display_name, description, ...kept } = node ?? {}
        const state = { template, node: kept, toolMode: node?.tool_mode === true }
        return { data: { ...describeUserNode(component, state), edited: true }, type: component.type }
      }
      // By the source it is to have: the one it had may be of another component.
      const component = findComponent(await registry(), { code: body.code, node: node && { ...node, template } })
      const data = describeWith(component, { template, node, toolMode: node?.tool_mode === true })
      const shown = await withKnowledgeOptions(vectorStore, user.id, data)
      return { data: await models.withModelOptions(user.id, shown), type: component.type }
    },
    flowBody,
  )

  implement(
    app,
    updateNode,
    async ({ body, user, signal }) => {
      const { code, field, field_value: value, template } = body
      const node = body.frontend_node ?? undefined
      const isUserCode = typeof code === 'string' && isComponentModule(code)
      const component = isUserCode
        ? await customCode.component(code, user, signal)
        : findComponent(await registry(), { code, node, template })
      const isSwitch = field === 'tool_mode' && !Object.hasOwn(component.inputs, field)
      const toolMode = isSwitch ? value === true : body.tool_mode === true
      const change = isSwitch || value === undefined ? undefined : { field, value }
      const state = { template: withValue(template, change), node, change, toolMode }
      if (isUserCode) return describeUserNode(component, state)
      const described = describeWith(component, state)
      const chosen = await withChosenFlow(
        { storage, loader },
        user.id,
        { type: component.type, node: described },
        change,
      )
      const variable = async (name: string) => (await variables.storedValue(user.id, name))?.value
      const offered = await withServerModels({ variable }, { type: component.type, node: chosen }, change, signal)
      const asked = await withAccount({ http, variable }, { component, node: offered }, change, signal)
      const shown = await withMcpTools(mcp, user.id, { component, node: asked, before: template }, signal)
      return models.withModelOptions(user.id, await withKnowledgeOptions(vectorStore, user.id, shown))
    },
    flowBody,
  )
}

/** The source stays in the node, so that the file is still whole where Python runs. */
function withCode(template: JsonObject, code: string): JsonObject {
  return { ...template, code: { ...(isObject(template.code) ? template.code : {}), value: code } }
}

function withValue(template: JsonObject, change: { readonly field: string; readonly value: unknown } | undefined) {
  const entry = change && Object.hasOwn(template, change.field) ? template[change.field] : undefined
  if (!change || !isObject(entry)) return template
  return { ...template, [change.field]: { ...entry, value: change.value } }
}
