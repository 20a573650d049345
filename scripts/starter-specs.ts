import { agentStarters } from './starters/agent-starters.ts'
import { chatStarters } from './starters/chat-starters.ts'
import { dataStarters } from './starters/data-starters.ts'
import { retrievalStarters } from './starters/retrieval-starters.ts'
import { routingStarters } from './starters/routing-starters.ts'
import type { StarterSpec } from './starters/starter-spec.ts'

/** The flows a new user finds. They run on a fresh server with one model key, but for a file that has to be chosen. */
export const starters: readonly StarterSpec[] = [
  ...chatStarters,
  ...agentStarters,
  ...routingStarters,
  ...dataStarters,
  ...retrievalStarters,
]
