import { expect, test } from 'vitest'
import { ownPath } from './own-path.ts'

const origin = 'https://runnel.example'

test('a path of this site stays as it is', () => {
  expect(ownPath('/flows/1?panel=playground#end', origin)).toBe('/flows/1?panel=playground#end')
})

test.each(['//evil.example', '/\\evil.example', '/\t/evil.example', 'https://evil.example', 'flows', 7, undefined])(
  '%j leads nowhere',
  (address) => {
    expect(ownPath(address, origin)).toBeUndefined()
  },
)
