import { execFileSync } from 'node:child_process'
import { AppError } from '@runnel/protocol/errors'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unzip } from './unzip.ts'
import { safeFileName, writeZip } from './zip.ts'

test('what was packed is unpacked', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 3000 }), { minLength: 1, maxLength: 5 }), (contents) => {
      const entries = contents.map((content, index) => ({ name: `${index}.json`, content: Buffer.from(content) }))
      expect(unzip(writeZip(entries), '.json')).toEqual(entries)
    }),
    { numRuns: 30 },
  )
})

test('makes names safe and unique', () => {
  const content = Buffer.from('x')
  const names = ['a/b.json', 'A_b.json', '../../etc.json', 'Grüße 你好.json', '.json', '\u202eevil\u0000.json']
  expect(unzip(writeZip(names.map((name) => ({ name, content }))), '.json').map(({ name }) => name)).toEqual([
    'a_b.json',
    'A_b (1).json',
    '__.._etc.json',
    'Grüße 你好.json',
    '_.json',
    '_evil_.json',
  ])
})

test('no name leads out of a folder', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const safe = safeFileName(name)
      expect(safe).not.toMatch(/[/\\\p{Cc}]|^\.\.?$/u)
      expect(safe).not.toBe('')
    }),
  )
})

test('other programs read the archive', () => {
  const zip = writeZip([{ name: 'flow.json', content: Buffer.from('{"a":1}') }])
  const script =
    'import sys,zipfile,io;print(zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())).read("flow.json").decode())'
  let text: string
  try {
    text = execFileSync('python3', ['-c', script], { input: zip }).toString().trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw error
  }
  expect(text).toBe('{"a":1}')
})

test.each([
  ['too many entries', { entries: 1, entryBytes: 100, totalBytes: 100 }],
  ['too large an entry', { entries: 9, entryBytes: 5, totalBytes: 100 }],
  ['too much in all', { entries: 9, entryBytes: 100, totalBytes: 15 }],
])('refuses %s', (_, limits) => {
  const zip = writeZip(['a', 'b'].map((name) => ({ name: `${name}.json`, content: Buffer.alloc(10) })))
  expect(() => unzip(zip, '.json', limits)).toThrow(AppError)
})

test('refuses an entry that says it is smaller than it is', () => {
  const zip = writeZip([{ name: 'a.json', content: Buffer.alloc(5000) }])
  const central = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
  zip.writeUInt32LE(10, central + 24)
  expect(() => unzip(zip, '.json')).toThrow('broken')
})

test('damage anywhere is a refusal or harmless, never a crash', () => {
  const zip = writeZip([{ name: 'a.json', content: Buffer.from('{"some":"flow"}') }])
  fc.assert(
    fc.property(fc.nat(zip.length - 1), fc.nat(255), fc.nat(zip.length), (at, byte, length) => {
      const damaged = Buffer.from(zip)
      damaged[at] = byte
      for (const archive of [damaged, zip.subarray(0, length)]) {
        try {
          unzip(archive, '.json')
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }
    }),
  )
})
