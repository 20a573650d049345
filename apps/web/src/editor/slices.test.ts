import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const WEB = join(import.meta.dirname, '..')

/** Ways to ask for the whole flow, which is another with every key that is typed. */
const WHOLE = [
  /use(?:EditorState|Store)\([^\n]*\(?(\w+)\)?\s*=>\s*(?:\([^\n]*\? )?\1\.document(?:\)| :)/,
  /use(?:EditorState|Store)\([^\n]*\(\{ document \}\)\s*=>\s*document\)/,
  /use(?:Late)?FromFlow\(\(?(\w+)\)?\s*=>\s*\1[,)]/,
  /useStore\((?:\w+\.)*editor\.store\)/,
]

test('no component reads the whole flow: each takes what it shows of it', () => {
  const files = globSync('**/*.{ts,tsx}', { cwd: WEB }).filter((file) => !file.includes('.test.'))
  expect(files.length).toBeGreaterThan(300)
  const reading = files.filter((file) => {
    const text = readFileSync(join(WEB, file), 'utf8')
    return WHOLE.some((way) => way.test(text))
  })
  expect(reading).toEqual([])
})

test.each([
  ['useEditorState((state) => state.document)', true],
  ['useDeferredValue(useEditorState((state) => state.document))', true],
  ['useEditorState(({ document }) => document)', true],
  ['useEditorState((state) => (filter ? state.document : undefined))', true],
  ['useStore(workspace.editor.store, (state) => state.document)', true],
  ['useFromFlow((document) => document)', true],
  ['useEditorState((state) => state.document.nodes.length)', false],
  ['useEditorState((state) => nodeOf(state.document, nodeId))', false],
  ['useFromFlow((document) => askedFields(document))', false],
])('%s: %s', (text, isWhole) => {
  expect(WHOLE.some((way) => way.test(text))).toBe(isWhole)
})
