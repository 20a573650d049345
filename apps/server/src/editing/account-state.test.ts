import { updateNode } from '@runnel/protocol/editing'
import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { createVariable } from '@runnel/protocol/variables'
import {
  type AccountArguments,
  type AccountState,
  defineComponent,
  describeComponent,
  type Fields,
  field,
} from '@runnel/sdk'
import { expect, test } from 'vitest'
import { testApp } from '../test-app.ts'

/** A component whose account is connected as soon as it is asked to be, with the right key. */
const mail = () => {
  let state: AccountState = { kind: 'disconnected' }
  return defineComponent({
    type: 'Mail',
    displayName: 'Mail',
    description: '',
    icon: '',
    category: 'toys',
    inputs: {
      key: field.secret({ label: 'Key' }),
      account: field.account({ label: 'Account', dependsOn: ['key'] }),
    },
    outputs: {},
    async account({ inputs, wish }: AccountArguments<Fields>) {
      if (inputs.key === '') return { kind: 'unknown' }
      if (inputs.key !== 'k-1') throw new AppError('bad_request', ['This key is unknown.'])
      if (wish === 'connect') state = { kind: 'disconnected', link: 'https://connect.test/' }
      if (wish === 'disconnect') state = { kind: 'connected' }
      return state
    },
  })
}

test('an account is asked after with the values of the node, and told as Langflow tells it', async () => {
  const component = mail()
  const app = await testApp({ user: 'ada', components: [component] })
  await app.client.call(createVariable, { body: { name: 'MY_KEY', value: 'k-1', type: 'Credential' } })
  const described = describeComponent(component)
  const ask = async (wish: string, key: string, field_name = 'account') => {
    const held = { ...Object(described.template.key), value: key, load_from_db: key === 'MY_KEY' }
    const template = { ...described.template, key: held }
    const frontend_node = { ...described, type: 'Mail' }
    const body = { code: '', field: field_name, field_value: wish, template, frontend_node }
    const node = await app.client.call(updateNode, { body })
    const told = isObject(node.template) ? node.template.account : undefined
    return isObject(told) ? [told.value, told.auth_tooltip] : undefined
  }
  expect(await ask('look', '')).toEqual(['', ''])
  expect(await ask('look', 'wrong')).toEqual(['error', expect.stringContaining('This key is unknown.')])
  expect(await ask('look', 'MY_KEY')).toEqual(['disconnected', ''])
  expect(await ask('connect', 'MY_KEY')).toEqual(['https://connect.test/', ''])
  expect(await ask('disconnect', 'MY_KEY')).toEqual(['validated', ''])
  // Another field asks nobody.
  expect(await ask('k-2', 'wrong', 'key')).toEqual(['', ''])
  await app.close()
})
