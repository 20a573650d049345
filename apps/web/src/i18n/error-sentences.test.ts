import { errorCatalogue } from '@runnel/protocol/errors'
import { expect, test } from 'vitest'
import { errorSentence } from './error-sentences.ts'

const MARKS = ['<0>', '<1>', '<2>']
const marksIn = (text: string) => MARKS.filter((mark) => text.includes(mark))

/** Of each code whose sentence the catalogue knows: its English one. The others are told by whoever throws them. */
const known = Object.entries(errorCatalogue).flatMap(([code, { message }]: [string, { message: Say }]) => {
  const text = message(...MARKS)
  return text === MARKS[0] ? [] : [[code, text] as const]
})
type Say = (...args: readonly string[]) => string

test.each(known)('%s is said in Chinese, about the same things', async (code, english) => {
  const chinese = (await errorSentence({ code, args: MARKS }, 'zh-CN')) ?? ''
  expect(chinese).toMatch(/\p{Script=Han}/u)
  expect(marksIn(chinese)).toEqual(marksIn(english))
})

test('the roles in a refusal are named in Chinese too', async () => {
  const told = await errorSentence({ code: 'role_too_small', args: ['editor', 'viewer'] }, 'zh-CN')
  expect(told).toBe('此操作需要项目中的“编辑者”角色，你的角色是“查看者”')
})

test('what another sentence stands for, or the page knows no words for, is left to the server', async () => {
  expect(await errorSentence({ code: 'flow_id_not_found', args: undefined }, 'zh-CN')).toBeUndefined()
  expect(await errorSentence({ code: 'invalid_field', args: ['why'] }, 'zh-CN')).toBeUndefined()
  expect(await errorSentence({ code: 'flow_id_not_found', args: [] }, 'en')).toBeUndefined()
})
