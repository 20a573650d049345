import i18next from 'i18next'
import { expect, test } from 'vitest'
import { listed } from './listed.ts'

test('names are parted by the comma of the language', async () => {
  await i18next.init({ lng: 'en', resources: {} })
  expect(listed(['Chat Input', 'Prompt', 'Agent'])).toBe('Chat Input, Prompt, Agent')
  await i18next.changeLanguage('zh-CN')
  expect(listed(['聊天输入', '提示词模板', '智能体'])).toBe('聊天输入、提示词模板、智能体')
  expect([listed(['智能体']), listed([])]).toEqual(['智能体', ''])
})
