import { type ContentBlock, emptyProperties, type MessageRecord } from '@runnel/protocol/message'
import type { AgentSteps } from '@runnel/protocol/sharing'

const FAILED = 'The flow could not answer.'

/** A message as a visitor of a public flow may see it: who says what, and of an agent's steps what its owner allows. */
export function visitorsMessage(message: MessageRecord, steps: AgentSteps): MessageRecord {
  const { icon, edited, state, allow_markdown, positive_feedback } = message.properties
  const shown = {
    ...message,
    properties: { ...emptyProperties, icon, edited, state, allow_markdown, positive_feedback },
    content_blocks: stepsOf(message.content_blocks, steps),
  }
  if (message.category !== 'error') return shown
  return { ...shown, text: FAILED, sender: 'Machine', sender_name: '', content_blocks: [] }
}

function stepsOf(blocks: readonly ContentBlock[], steps: AgentSteps): readonly ContentBlock[] {
  if (steps === 'none') return []
  return steps === 'full' ? blocks : blocks.map(titlesOf)
}

const titlesOf = (block: ContentBlock): ContentBlock => ({
  ...block,
  contents: block.contents.map(({ type, duration, header }) => ({ type, duration, header })),
  media_url: null,
})
