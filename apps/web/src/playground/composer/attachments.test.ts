import { expect, test } from 'vitest'
import { acceptedEndings, accepts } from './attachments.ts'

const takes = (name: string, fileTypes?: readonly string[]): boolean => accepts({ name }, acceptedEndings(fileTypes))

test('a chat takes what its Chat Input is defined to take, and nothing else', () => {
  expect([takes('a.CSV', ['csv', '.pdf']), takes('b.pdf', ['csv', '.pdf']), takes('c.md', ['csv', '.pdf'])]).toEqual([
    true,
    true,
    false,
  ])
})

test('a group in the definition stands for each of its endings', () => {
  expect(acceptedEndings(['png', 'image', 'audio'])).toEqual('png jpg jpeg gif webp bmp mp3 wav ogg m4a'.split(' '))
})

test.each(['pdf', 'csv', 'docx', 'txt', 'md', 'json', 'yaml', 'xml', 'html', 'py', 'png', 'jpeg', 'wav'])(
  'a chat whose Chat Input names nothing takes .%s',
  (ending) =>
    expect([takes(`a.${ending}`), takes(`a.${ending}`, []), takes(`${ending}.exe`)]).toEqual([true, true, false]),
)
