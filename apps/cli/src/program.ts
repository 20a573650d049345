import { settings } from '@runnel/server/settings'
import { LANGFLOW_VERSION, PRODUCT_VERSION } from '@runnel/server/version'
import { Command, Option } from 'commander'
import { configOf } from './config-of.ts'
import { processOutput } from './output.ts'
import { dataOptions, flagOf, type GivenOptions, runOptions } from './run-options.ts'

/** Every command. Each is a module of its own, loaded when it is called. */
export function createProgram(): Command {
  const program = new Command('runnel')
    .description('A server for LLM flows that speaks the API of Langflow and runs its flow files.')
    .version(`runnel ${PRODUCT_VERSION} (API of Langflow ${LANGFLOW_VERSION})`, '-v, --version')
    .exitOverride()

  withSettings(program.command('run'), runOptions)
    .summary('start the server')
    .description('Starts the server. SIGTERM ends it: what runs is finished first.')
    .action(async (given: GivenOptions) => {
      const { serve } = await import('./serve.ts')
      await serve(given)
    })

  withSettings(program.command('api-key'), dataOptions)
    .summary('make an API key')
    .description('Makes an API key of the first superuser and prints it, once. The server may be running.')
    .action(async (given: GivenOptions) => {
      const { createApiKey } = await import('./api-key.ts')
      await createApiKey(configOf(given), processOutput)
    })

  withSettings(program.command('superuser'), dataOptions)
    .summary('make a superuser, or give one a new password')
    .description('Makes a superuser, or gives one a new password. What is not given is asked for.')
    .option('--username <name>', 'who it is; LANGFLOW_SUPERUSER unless given')
    .option('--password <password>', 'LANGFLOW_SUPERUSER_PASSWORD unless given; other programs can see options')
    .action(async (given: GivenOptions) => {
      const config = configOf(given)
      const { makeSuperuser } = await import('./superuser.ts')
      const { askPassword } = await import('./ask-password.ts')
      const username = typeof given.username === 'string' ? given.username : config.superuser
      const password = typeof given.password === 'string' ? given.password : config.superuserPassword
      const credentials = { username, password: password ?? (await askPassword(`Password of ${username}: `)) }
      await makeSuperuser(config, credentials, processOutput)
    })

  withSettings(program.command('migrate'), dataOptions)
    .alias('migration')
    .summary('bring the database to this release')
    .description('Brings the database to this release. Starting the server does the same.')
    .action(async (given: GivenOptions) => {
      const { migrate } = await import('./migrate.ts')
      await migrate(configOf(given), processOutput)
    })

  program
    .command('flow')
    .description('Works with flow files, without a server.')
    .command('run <file>')
    .summary('run a flow file')
    .description('Runs a flow file and prints what it answers. Nothing is stored; `-` reads the file from stdin.')
    .option('--input <text>', 'what is said to the flow')
    .option('--stream', 'print the answer as it comes')
    .option('--tweaks <json>', 'changed fields, as in the API: JSON, or @ and the name of a file')
    .option('--session <id>', 'the conversation it belongs to')
    .option('--output-component <id>', 'answer with this node alone: its id or its name')
    .option('--json', "print the API's answer; with --stream, its events")
    .option('--env-file <path>', 'variables for the flow, lines of NAME=value')
    .action(async (file: string, given: GivenOptions) => {
      const { runFlowFile } = await import('./flow-run.ts')
      await runFlowFile(file, given)
    })
  return program
}

function withSettings(command: Command, options: typeof runOptions): Command {
  for (const [name, { setting, takes }] of Object.entries(options)) {
    const { about, fallback } = settings[setting]
    const sentence = takes && fallback ? `${about} (default: ${fallback})` : about
    const flag = flagOf(name)
    command.addOption(new Option(takes ? `--${flag} <${takes}>` : `--${flag}`, sentence))
    if (!takes) command.addOption(new Option(`--no-${flag}`, 'The opposite.'))
  }
  return command.option('--env-file <path>', 'Settings, lines of NAME=value; they win over the environment.')
}
