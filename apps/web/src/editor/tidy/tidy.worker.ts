import { tidied } from './tidied.ts'
import type { TidyInput } from './tidy-input.ts'

// The page's own types have no worker in them; it is given one question and gives one answer.
addEventListener('message', ({ data }: MessageEvent<TidyInput>) => postMessage(tidied(data)))
