import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { languageRecursiveTextSplitter } from './language-recursive-text-splitter.ts'

test.each([
  [
    'python',
    'import os\n\nclass A:\n    pass\n\ndef f():\n    return 1\n',
    ['import os', 'class A:\n    pass', 'def f():\n    return 1'],
  ],
  ['markdown', 'Intro\n# One\ntext\n# Two\ntext', ['Intro\n# One\ntext', '# Two\ntext']],
  ['unknown', 'one\n\ntwo', ['one\n\ntwo']],
])('cuts %s where its parts begin', async (code_language, text, chunks) => {
  const inputs = { code_language, chunk_size: 24, chunk_overlap: 0, data_input: [data({ text, file: 'a' })] }
  const run = await runComponent(languageRecursiveTextSplitter, inputs)
  expect(run.data).toEqual(chunks.map((chunk) => data({ text: chunk, file: 'a' })))
})
