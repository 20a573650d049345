import { AppError } from '@runnel/protocol/errors'
import { data, type SandboxProgram } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { javaScriptInterpreter } from './javascript-interpreter.ts'

test('gives what the code printed', async () => {
  const programs: SandboxProgram[] = []
  const sandbox = {
    async run(program: SandboxProgram) {
      programs.push(program)
      return {
        value: null,
        logs: [
          { name: 'console', entry: 'one' },
          { name: 'console', entry: 'two' },
        ],
      }
    },
  }
  const { results } = await runComponent(javaScriptInterpreter, { javascript_code: 'print' }, { sandbox })
  expect(results).toEqual(data({ result: 'one\ntwo' }))
  expect(programs).toEqual([{ source: 'print' }])
})

test('tells what is wrong with the code, so that a model can try again', async () => {
  const failing = (error: Error) => ({ sandbox: { run: () => Promise.reject(error) } })
  const wrong = new AppError('user_code_failed', ['Line 1: x is not defined'])
  const { results } = await runComponent(javaScriptInterpreter, {}, failing(wrong))
  expect(results).toEqual(data({ error: 'Line 1: x is not defined' }))
  const off = new AppError('custom_code_off', ['nobody'])
  await expect(runComponent(javaScriptInterpreter, {}, failing(off))).rejects.toBe(off)
})
