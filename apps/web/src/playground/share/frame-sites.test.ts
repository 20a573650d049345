import { expect, test } from 'vitest'
import { readFrameSites } from './frame-sites.ts'

test.each([
  ['', []],
  ['https://shop.example', ['https://shop.example']],
  ['shop.example/help?a=1\n\n https://Shop.example', ['https://shop.example']],
  ['http://localhost:3000, https://*.shop.example', ['http://localhost:3000', 'https://*.shop.example']],
  ['https://例子.cn', ['https://xn--fsqu00a.cn']],
])('%j names the sites %j', (text, sites) => {
  expect(readFrameSites(text)).toEqual({ kind: 'sites', sites })
})

test.each([
  ['ftp://shop.example', 'ftp://shop.example'],
  ['https://shop.example\n*', '*'],
  ["https://'self'", "https://'self'"],
])('of %j, %j is no site', (text, line) => {
  expect(readFrameSites(text)).toEqual({ kind: 'problem', line })
})
