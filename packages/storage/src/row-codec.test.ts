import { emptyProperties, type MessageProperties } from '@runnel/protocol/message'
import { expect, test } from 'vitest'
import { messageCodec } from './run-codecs.ts'
import { aMessage } from './test-records.ts'

test('properties are stored without what is usual, and read whole', () => {
  const stored = (properties: MessageProperties) => messageCodec.encodePart({ properties }).properties
  const source = { id: 'Prompt-1', display_name: 'Prompt', source: 'Prompt' }
  expect(stored(emptyProperties)).toBe('{}')
  expect(stored({ ...emptyProperties, source, state: 'partial' })).toBe(
    `{"source":${JSON.stringify(source)},"state":"partial"}`,
  )
  const message = aMessage('user', { properties: { ...emptyProperties, source, state: 'partial' } })
  const read = messageCodec.decode(messageCodec.encode(message))
  expect(read).toEqual(message)
  expect(Object.keys(read.properties)).toEqual(Object.keys(emptyProperties))
})

test('properties that were stored whole are read as they are', () => {
  const message = aMessage('user', { properties: { ...emptyProperties, icon: 'bot' } })
  const row = { ...messageCodec.encode(message), properties: JSON.stringify(message.properties) }
  expect(messageCodec.decode(row)).toEqual(message)
})
