import { expect, test } from 'vitest'
import { lineBreaks } from './line-breaks.ts'

test('a line is broken where HTML would, and no other HTML becomes anything', () => {
  const html = (value: string) => ({ type: 'html', value })
  const cell = { type: 'tableCell', children: [html('<br/>'), html('<BR>'), html('<br onclick="x">'), html('<b>')] }
  const tree = { type: 'root', children: [{ type: 'table', children: [cell] }] }
  lineBreaks()(tree)
  expect(cell.children).toEqual([{ type: 'break' }, { type: 'break' }, html('<br onclick="x">'), html('<b>')])
})
