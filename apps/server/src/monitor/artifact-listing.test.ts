import { expect, test } from 'vitest'
import { artifactListing } from './artifact-listing.ts'

test('lists artifacts by name, in title case', () => {
  const artifacts = { message: 'Hello there', sender: 'User', sender_name: 'User', files: [], type: 'object' }
  expect(artifactListing(artifacts)).toBe(
    '- Files: []\n  Message: Hello there\n  Sender: User\n  Sender Name: User\n  Type: object\n',
  )
})

test('quotes what YAML would read as something else, and leaves nulls out', () => {
  expect(artifactListing({ a: 'two\nlines', b: 'yes', c: 'x: y', d: '12', e: null, f: '' })).toBe(
    '- A: "two\\nlines"\n  B: "yes"\n  C: "x: y"\n  D: "12"\n  F: ""\n',
  )
})
