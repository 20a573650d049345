import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { documentsIn, remixDocumentation } from './remix-documentation.ts'

const index =
  'Search.setIndex({"docnames":["index","docs/gettingstarted","docs/lost","source/api","CHANGELOG"],"titles":["Home"]})'
const http = (url: string) => {
  if (url.endsWith('/searchindex.js')) return index
  if (url.endsWith('/docs/lost.html')) return { status: 404 }
  const name = url.split('/').at(-1)
  return `<html><head><title>${name}</title></head><body><p>About ${name}</p></body></html>`
}

test('reads the pages of the index but those left out, and those that are gone', async () => {
  const { dataframe_output, data_output, $logs } = await runComponent(remixDocumentation, {}, { http })
  const base = 'https://docs.omniverse.nvidia.com/kit/docs/rtx_remix/latest'
  expect(dataframe_output).toMatchObject({
    rows: [
      { title: 'index.html', text: expect.stringContaining('About index.html'), url: `${base}/index.html` },
      { title: 'gettingstarted.html', url: `${base}/docs/gettingstarted.html` },
    ],
  })
  expect(data_output).toMatchObject([{ data: { title: 'index.html' } }, { data: { title: 'gettingstarted.html' } }])
  expect(JSON.stringify($logs)).toContain('docs/lost.html was left out')
})

test.each([
  [index, 5],
  ["Search.setIndex({docnames:['a','b'],filenames:['a.md']})", 2],
])('finds names in both forms of an index', (text, count) => {
  expect(documentsIn(text)).toHaveLength(count)
})

test('says when there is no index', async () => {
  await expect(runComponent(remixDocumentation, {}, { http: () => '<p>Moved</p>' })).rejects.toThrow('has no names')
})
