import { loadConfig } from '../config.ts'
import { runServer } from '../main.ts'

// A server as a process of its own, which tests may kill. The argument is the drain time, in milliseconds.
await runServer(loadConfig(), { drainMs: Number(process.argv[2]) })
