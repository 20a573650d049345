import { AppError } from '@runnel/protocol/errors'
import type { SandboxProgram } from '@runnel/sdk'
import { afterAll, describe, expect, test } from 'vitest'
import { createSandbox } from './sandbox.ts'

const MEGABYTE = 1024 * 1024
const whole = createSandbox({ computeMs: 500, memoryBytes: 64 * MEGABYTE, processes: 4 })
const sandbox = whole.of('ada')
/** For code that reaches another limit, however slow the machine is. */
const patient = createSandbox({ computeMs: 60_000, memoryBytes: 64 * MEGABYTE, processes: 1 })
afterAll(() => {
  whole.close()
  patient.close()
})
const never = new AbortController().signal

/** A component with one output, whose function has this body. */
const component = (body: string, before = '') => `import { defineComponent, field, message, data } from 'runnel'
${before}
export default defineComponent({
  displayName: 'Tried out',
  inputs: { text: field.text({ label: 'Text', tool: true }) },
  outputs: { out: { type: 'Message', label: 'Out', async run({ inputs, context }: any) { ${body} } } },
})
`
const run = (body: string, more: Partial<SandboxProgram> = {}, signal = never) =>
  sandbox.run({ source: component(body), output: 'out', ...more }, signal)
const script = (source: string) => sandbox.run({ source }, never)
const refusal = (why: string | RegExp) =>
  expect.objectContaining({ code: 'user_code_failed', message: expect.stringMatching(why) })

describe('a component', () => {
  test('is read: what it says of itself, without its functions', async () => {
    await expect(sandbox.declaration(component(''), never)).resolves.toEqual({
      displayName: 'Tried out',
      inputs: { text: { kind: 'text', options: { label: 'Text', tool: true } } },
      outputs: { out: { type: 'Message', label: 'Out' } },
    })
  })

  test('is given inputs and context, and hands back what it returns and logs', async () => {
    const answer = await run(
      "context.log('seen', { a: 1 }); console.log('it', [2]); return message(inputs.text + context.runId)",
      {
        inputs: { text: 'run ' },
        context: { runId: 'r-1' },
      },
    )
    expect(answer).toEqual({
      value: { kind: 'message', text: 'run r-1' },
      logs: [
        { name: 'seen', entry: { a: 1 } },
        { name: 'console', entry: 'it [2]' },
      ],
    })
  })

  test('calls what was lent to it, and nothing else', async () => {
    const asked: unknown[] = []
    const lent = {
      async fetch(args: readonly unknown[]) {
        asked.push(args)
        return { status: 200, url: 'https://a.example/', headers: {}, text: '{"n": 7}' }
      },
    }
    const body =
      "const { n } = await context.fetchJson('https://a.example/', { query: { q: 'a b' }, json: [1] }); return n"
    await expect(run(body, { lent })).resolves.toMatchObject({ value: 7 })
    const headers = { 'content-type': 'application/json' }
    expect(asked).toEqual([['https://a.example/?q=a%20b', { body: '[1]', headers }]])
    await expect(run("return context.fetchText('https://a.example/')")).rejects.toEqual(
      refusal(/^The sandbox has no function fetch/),
    )
  })

  test('fails with what a lent function threw, unless it catches that', async () => {
    const refused = new AppError('address_refused', ['10.0.0.1'])
    const lent = { fetch: () => Promise.reject(refused) }
    await expect(run("return context.fetchText('http://10.0.0.1/')", { lent })).rejects.toBe(refused)
    const caught =
      "try { await context.fetch('http://10.0.0.1/') } catch (error: any) { return 'not ' + error.message }"
    await expect(run(caught, { lent })).resolves.toMatchObject({ value: expect.stringMatching(/^not The address/) })
  })

  test('never gets the answer to a call that an earlier one did not wait for', async () => {
    const alone = createSandbox({ computeMs: 500, memoryBytes: 64 * MEGABYTE, processes: 1 })
    const late = Promise.withResolvers<unknown>()
    const early = component("void context.fetch('https://a.example/').catch(() => {}); return 'done'")
    await alone.of('ada').run({ source: early, output: 'out', lent: { fetch: () => late.promise } }, never)
    const page = (text: string) => ({ status: 200, url: '', headers: {}, text })
    const lent = {
      async fetch() {
        late.resolve(page('of another'))
        await late.promise
        await new Promise((resolve) => setImmediate(resolve))
        return page('mine')
      },
    }
    const later = component("return context.fetchText('https://a.example/')")
    const answer = alone.of('ada').run({ source: later, output: 'out', lent }, never)
    await expect(answer).resolves.toMatchObject({ value: 'mine' })
    alone.close()
  })

  test('leaves nothing behind for the next one', async () => {
    await run('globalThis.kept = 1; Array.prototype.map = null; return 1')
    await expect(run('return typeof globalThis.kept + [1].map(String)')).resolves.toMatchObject({ value: 'undefined1' })
  })

  test('reaches nothing of the server', async () => {
    const names = ['process', 'require', 'fetch', 'bridge', 'task', 'WebAssembly', 'std', 'os', 'Deno', 'setTimeout']
    const { value } = await run(`return [${names.map((name) => `typeof ${name}`).join()}].join()`)
    expect(value).toBe(names.map(() => 'undefined').join())
  })
})

describe('what is wrong with code is said in a sentence', () => {
  test.each([
    ['a syntax error', component('let x = ;'), /^Line 6: Expression expected$/],
    ['a name declared twice', component('', 'let a = 1\nlet a = 2'), /^Line 3: .*redefinition/],
    ['an enum', component('', 'enum A { B }'), /^Line 2: .*enum is not supported: only types that can be taken away/],
    [
      'an import',
      component('', "import fs from 'node:fs'"),
      /^No module named 'node:fs'. A component may import 'runnel'/,
    ],
    ['the inside of the sandbox', component('', "import x from 'runnel:driver'"), /^No module named/],
    ['no component', 'const a = 1', /^The code exports no component/],
    ['an error of its own', component('throw new Error("no luck")'), /^Line 6: no luck$/],
    ['an error of the language', component('return inputs.a.b'), /^Line 6: TypeError: cannot read property 'b'/],
    ['something else thrown', component('throw 5'), /^It threw 5$/],
    ['nothing thrown', component('throw null'), /^It threw null$/],
    [
      'a promise nothing settles',
      component('await new Promise(() => {})'),
      /^The code waits for something that never comes/,
    ],
    ['what is no JSON', component('return 1n'), /BigInt/],
    [
      'an answer that is too long',
      component("return Array(100).fill('x'.repeat(1e5))"),
      /^The answer of the code is \d+ characters/,
    ],
  ])('%s', async (_, source, sentence) => {
    await expect(sandbox.run({ source, output: 'out', inputs: {} }, never)).rejects.toEqual(refusal(sentence))
  })

  test('an output it does not have', async () => {
    await expect(run('', { output: 'other' })).rejects.toEqual(refusal(/no output "other"/))
  })

  test('inputs that are too long', async () => {
    await expect(run('', { inputs: { text: 'x'.repeat(9 * MEGABYTE) } })).rejects.toEqual(
      refusal(/^The inputs of the code are/),
    )
  })
})

describe('code that would take the server down is stopped, and the next runs', () => {
  const TIME = /^The code computed for more than 0.5 seconds and was stopped/
  const MEMORY = /^The code needed more than 64 MB of memory and was stopped/
  test.each([
    ['a loop without an end', 'for (;;);', TIME],
    ['a loop that ignores its end', 'try { for (;;); } finally { for (;;); }', TIME],
    ['promises without an end', 'for (;;) await 0', TIME],
    ['a runaway regular expression', '/(a+)+b/.test("a".repeat(60))', TIME],
    ['a chain of promises without an end', 'const f = () => Promise.resolve().then(f); await f()', /was stopped/],
    [
      'memory errors that are caught',
      'const a = []; for (;;) try { for (;;) a.push("x".repeat(1e6 + a.length)) } catch {}',
      /was stopped/,
    ],
    ['a string without an end', 'let s = "x"; for (;;) s += s', /string too long|was stopped/],
    ['a recursion without an end', 'const f = () => f() + 1; f()', /^The code calls itself too deep/],
    ['data nested too deep', 'JSON.parse("[".repeat(1e5) + "]".repeat(1e5))', /^The code calls itself too deep/],
    ['a getter that never ends', 'export default { get then() { for (;;); } }', TIME],
  ])('%s', async (_, source, sentence) => {
    await expect(script(source)).rejects.toEqual(refusal(sentence))
    await expect(script("console.log('well')")).resolves.toMatchObject({ logs: [{ entry: 'well' }] })
  })

  test.each([
    ['arrays without an end', 'const a = []; for (;;) a.push(new Array(1000).fill("x"))'],
    ['typed arrays without an end', 'const a = []; for (;;) a.push(new Uint8Array(1e6).fill(7))'],
  ])('%s', async (_, source) => {
    const { run } = patient.of('ada')
    await expect(run({ source }, never)).rejects.toEqual(refusal(MEMORY))
    await expect(run({ source: "console.log('well')" }, never)).resolves.toMatchObject({ logs: [{ entry: 'well' }] })
  })

  test('several at once do not hold up the event loop', async () => {
    const going = Promise.allSettled([
      script('for (;;);'),
      script('for (;;);'),
      script('const a = []; for (;;) a.push(Array(1e3).fill(1))'),
    ])
    let isOver = false
    void going.then(() => {
      isOver = true
    })
    // A loop that is held up turns once or twice; one that is not, thousands of times, however little of the machine it gets.
    let turns = 0
    for (; !isOver; turns++) await new Promise((resolve) => setImmediate(resolve))
    expect(turns).toBeGreaterThan(100)
  })

  test('code ends at once when its run is cancelled, waiting code too', async () => {
    const leave = new AbortController()
    const left = new Error('The client has left')
    const lent = { fetch: () => new Promise<never>(() => leave.abort(left)) }
    const waiting = run("return context.fetchText('https://a.example/')", { lent }, leave.signal)
    await expect(waiting).rejects.toBe(left)
    await expect(run('return 1', {}, leave.signal)).rejects.toBe(left)
    await expect(run('return 1')).resolves.toMatchObject({ value: 1 })
  })
})

describe('a source is checked', () => {
  test('without running it', async () => {
    await expect(sandbox.check('for (;;);\nexport default 1', never)).resolves.toBeUndefined()
  })

  test.each([
    ['export default {\n  a: ,\n}', { kind: 'syntax', line: 2 }],
    ["import a from 'lodash'", { kind: 'import', message: expect.stringContaining("'lodash'") }],
  ])('%j has a problem', async (source, problem) => {
    await expect(sandbox.check(source, never)).resolves.toMatchObject(problem)
  })
})

test('a sandbox that is closed takes nothing more', async () => {
  const other = createSandbox({ computeMs: 500, memoryBytes: 64 * MEGABYTE, processes: 1 })
  await other.of('ada').run({ source: '1' }, never)
  other.close()
  await expect(other.of('ada').run({ source: '1' }, never)).rejects.toThrow('The sandbox is closed.')
})
