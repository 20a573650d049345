import { expect, test } from 'vitest'
import { loadConfig } from './config.ts'
import { settings } from './settings.ts'

test('an empty environment gives the defaults', () => {
  expect(loadConfig({})).toMatchObject({ host: 'localhost', port: 7860, autoLogin: true, portDemanded: false })
})

test('an empty variable counts as unset', () => {
  expect(loadConfig({ LANGFLOW_PORT: '', LANGFLOW_AUTO_LOGIN: '' })).toMatchObject({ port: 7860, autoLogin: true })
})

test.each([
  ['TRUE', true],
  ['Yes', true],
  ['1', true],
  ['on', true],
  ['false', false],
  ['0', false],
])('reads the flag %s', (text, value) => {
  expect(loadConfig({ LANGFLOW_AUTO_LOGIN: text }).autoLogin).toBe(value)
})

test.each([
  ['LANGFLOW_PORT', 'http', 'a whole number from 0 to 65535'],
  ['LANGFLOW_PORT', '70000', 'a whole number from 0 to 65535'],
  ['LANGFLOW_AUTO_LOGIN', 'perhaps', 'true or false'],
  ['LANGFLOW_LOG_LEVEL', 'LOUD', 'DEBUG, INFO, WARNING, ERROR, CRITICAL'],
])('names %s, its value %s and what is allowed', (name, value, allowed) => {
  expect(() => loadConfig({ [name]: value })).toThrow(`${name} cannot be "${value}". Allowed: ${allowed}.`)
})

test('never prints a secret', () => {
  expect(() => loadConfig({ LANGFLOW_SECRET_KEY: 'short secret' })).toThrow(/^(?!.*short secret).*at least 32 bytes/)
})

test("flows see the environment, but none of the server's own settings", () => {
  const { environment } = loadConfig({ OPENAI_API_KEY: 'sk-1', LANGFLOW_SECRET_KEY: 'x'.repeat(40), EMPTY: '' })
  expect(environment('OPENAI_API_KEY')).toBe('sk-1')
  expect(environment('LANGFLOW_SECRET_KEY')).toBeUndefined()
  expect(environment('EMPTY')).toBeUndefined()
})

test('every setting has its own variable and a sentence', () => {
  const all = Object.values(settings)
  expect(new Set(all.map(({ variable }) => variable)).size).toBe(all.length)
  for (const { about } of all) expect(about).toMatch(/^[A-Z].*\.$/)
})
