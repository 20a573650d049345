import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { testCli } from './test-cli.ts'

const cli = testCli()
afterAll(() => cli.remove())

test('--version names the product and the API it speaks', async () => {
  const { code, stdout } = await cli.run(['--version'])
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^runnel \d+\.\d+\.\d+ \(API of Langflow [\d.]+\)\n$/)])
})

test('help lists the options of a command with what they mean', async () => {
  const { code, stdout } = await cli.run(['run', '--help'])
  expect(code).toBe(0)
  expect(stdout).toContain('--port <number>')
  expect(stdout).toContain('--no-backend-only')
})

test.each([
  [['run', '--prot', '1'], "unknown option '--prot'"],
  [['flow', 'run'], "missing required argument 'file'"],
  [['serve'], "unknown command 'serve'"],
])('%j is a mistake of use: code 2', async (args, message) => {
  const { code, stderr } = await cli.run(args)
  expect(code).toBe(2)
  expect(stderr).toContain(message)
})

describe('run', () => {
  test('serves until SIGTERM, then ends with code 0', async () => {
    const server = await cli.serve(['--port', '0', '--data-dir', join(cli.folder, 'a')])
    const health = await fetch(`${server.address}/health`)
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }])
    expect(await server.stop()).toMatchObject({ code: 0, stderr: '' })
  })

  test.each([
    [['--port', 'http'], 'runnel: LANGFLOW_PORT cannot be "http". Allowed: a whole number from 0 to 65535.\n'],
    [['--env-file', 'none.env'], expect.stringMatching(/^runnel: Cannot read the settings file none\.env: .*\n$/)],
    [['--host', '0.0.0.0'], expect.stringMatching(/^runnel: LANGFLOW_AUTO_LOGIN would let everyone.*\n$/)],
  ])('%j is refused with one line and code 1', async (args, stderr) => {
    expect(await cli.run(['run', ...args])).toEqual({ code: 1, stdout: '', stderr })
  })

  test('an option wins over the env file, and that over the environment', async () => {
    writeFileSync(
      join(cli.folder, 'server.env'),
      'LANGFLOW_AUTO_SAVING_INTERVAL=2000\nLANGFLOW_MAX_FILE_SIZE_UPLOAD=20\n# a comment\nLANGFLOW_PORT=99999\n',
    )
    const env = {
      LANGFLOW_AUTO_SAVING_INTERVAL: '1',
      LANGFLOW_MAX_FILE_SIZE_UPLOAD: '1',
      LANGFLOW_HEALTH_CHECK_MAX_RETRIES: '10',
    }
    const args = ['--env-file', 'server.env', '--port', '0', '--max-file-size-upload', '200', '--no-auto-saving']
    await using server = await cli.serve([...args, '--data-dir', 'b'], { env })
    expect(await (await fetch(`${server.address}/api/v1/config`)).json()).toMatchObject({
      max_file_size_upload: 200,
      auto_saving: false,
      auto_saving_interval: 2000,
      health_check_max_retries: 10,
    })
  })

  test('a second server on the same folder is refused, and the first goes on', async () => {
    const folder = join(cli.folder, 'c')
    await using server = await cli.serve(['--port', '0', '--data-dir', folder])
    const second = await cli.run(['run', '--port', '0', '--data-dir', folder])
    expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining('runnel.db.lock') })
    expect((await fetch(`${server.address}/health_check`)).status).toBe(200)
  })

  test('a port that is taken is named', async () => {
    await using server = await cli.serve(['--port', '0', '--data-dir', 'd'])
    const { port } = new URL(server.address)
    const second = await cli.run(['run', '--port', port, '--data-dir', 'e'])
    expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining(`Port ${port} of `) })
  })
})
