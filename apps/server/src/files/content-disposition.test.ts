import { expect, test } from 'vitest'
import { attachment } from './content-disposition.ts'

test.each([
  ['report.txt', 'attachment; filename="report.txt"; filename*=UTF-8\'\'report.txt'],
  ['报告 (1).txt', 'attachment; filename="__ (1).txt"; filename*=UTF-8\'\'%E6%8A%A5%E5%91%8A%20%281%29.txt'],
  ['a"; x=".exe', 'attachment; filename="a_; x=_.exe"; filename*=UTF-8\'\'a%22%3B%20x%3D%22.exe'],
  ['a\r\nSet-Cookie: b', 'attachment; filename="a__Set-Cookie: b"; filename*=UTF-8\'\'a__Set-Cookie%3A%20b'],
])('%j cannot break out of the header', (name, header) => {
  expect(attachment(name)).toBe(header)
})
