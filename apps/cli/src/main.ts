import { report } from './failure.ts'
import { parseRunOptions } from './run-options.ts'

// Starting a server is what is waited for, so its options are read without the command-line library.
const serving = parseRunOptions(process.argv.slice(2))
try {
  if (serving) {
    const { serve } = await import('./serve.ts')
    await serve(serving)
  } else {
    const { createProgram } = await import('./program.ts')
    await createProgram().parseAsync()
  }
} catch (error) {
  process.exitCode = report(error, (line) => void process.stderr.write(`${line}\n`))
}
