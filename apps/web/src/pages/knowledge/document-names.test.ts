import { expect, test } from 'vitest'
import { documentNames } from './document-names.ts'

const at = (path: string) => ({ name: path.split('/').at(-1) ?? '', webkitRelativePath: path })
const alone = (name: string) => ({ name, webkitRelativePath: '' })

test('files of one name in several folders stay apart, and all others keep their names', () => {
  const files = [at('docs/README.md'), at('docs/api/README.md'), at('docs/api/keys.md'), alone('notes.txt')]
  expect(documentNames(files)).toEqual(['docs_README.md', 'docs_api_README.md', 'keys.md', 'notes.txt'])
})

test('a file that was not chosen with its folder has no other name than its own', () => {
  expect(documentNames([alone('README.md'), at('docs/README.md')])).toEqual(['README.md', 'docs_README.md'])
})
