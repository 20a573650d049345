import i18next from 'i18next'
import { expect, test } from 'vitest'
import { keepComponentText } from '../../i18n/component-text.ts'
import { placeholderOf } from './field-widget.ts'

test('an empty field says what its component has it say, in the language of the page', async () => {
  await i18next.init({ lng: 'zh', resources: {} })
  await keepComponentText('zh', () => Promise.resolve({ texts: { 'Select Operation': '选择操作' }, search_words: {} }))
  expect(placeholderOf({ placeholder: 'Select Operation' }, 'Choose…')).toBe('选择操作')
  expect(placeholderOf({ placeholder: '' }, 'Choose…')).toBe('Choose…')
})
