import { expect, test } from 'vitest'
import { askingTool, asksFirst, describedTool, renamedTool, toolName } from './tool-rows.ts'

const row = { name: 'run', description: 'Runs it', tags: ['run_model'], display_description: 'The original' }

test('makes a name a model may use of any text', () => {
  expect(toolName('Work It Out!')).toBe('work_it_out')
  expect(toolName('getWeather2')).toBe('get_weather2')
  expect(toolName('2 times')).toBe('_2_times')
})

test('gives an emptied name and description their originals back', () => {
  expect(renamedTool(row, '  ').name).toBe('run_model')
  expect(describedTool(row, '').description).toBe('The original')
  expect(describedTool(row, 'Mine').description).toBe('Mine')
})

test('a tool that asks offers every answer, and none when it asks no more', () => {
  expect(asksFirst(row)).toBe(false)
  expect(asksFirst(askingTool(row, true))).toBe(true)
  expect(askingTool(row, true).approval_actions).toEqual(['approve', 'edit', 'reject', 'respond'])
  expect(asksFirst(askingTool(askingTool(row, true), false))).toBe(false)
})
