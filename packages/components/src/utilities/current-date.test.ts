import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { currentDate, dateIn } from './current-date.ts'

const winter = new Date('2025-01-15T12:30:05Z')

test.each([
  ['UTC', '2025-01-15 12:30:05 UTC'],
  ['Europe/Rome', '2025-01-15 13:30:05 CET'],
  ['America/New_York', '2025-01-15 07:30:05 EST'],
  ['Asia/Tokyo', '2025-01-15 21:30:05 JST'],
  ['Asia/Kolkata', '2025-01-15 18:00:05 IST'],
  ['America/Sao_Paulo', '2025-01-15 09:30:05 -03'],
])('tells the time in %s', (zone, time) => {
  expect(dateIn(zone, winter)).toBe(`Current date and time in ${zone}: ${time}`)
})

test('tells summer time by its own name', () => {
  expect(dateIn('Europe/Rome', new Date('2025-07-15T22:30:05Z'))).toMatch('2025-07-16 00:30:05 CEST')
})

test('says what is wrong with a zone instead of failing', () => {
  expect(dateIn('Mars/Base')).toBe('Error: Mars/Base is no time zone. Give a name such as Europe/Rome, or UTC.')
})

test('gives the date in UTC unless a zone is chosen', async () => {
  const { current_date } = await runComponent(currentDate)
  expect(current_date).toMatchObject({ text: expect.stringMatching(/ in UTC: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/) })
})
