import { type ContentBlock, emptyProperties, type MessageRecord } from '@runnel/protocol/message'

const FAILED = 'The flow could not answer.'

/** A message as a visitor of a public flow may see it: who says what, and of an agent's steps their titles (P-61). */
export function visitorsMessage(message: MessageRecord): MessageRecord {
  const { icon, edited, state, allow_markdown, positive_feedback } = message.properties
  const shown = {
    ...message,
    properties: { ...emptyProperties, icon, edited, state, allow_markdown, positive_feedback },
    content_blocks: message.content_blocks.map(titlesOf),
  }
  if (message.category !== 'error') return shown
  return { ...shown, text: FAILED, sender: 'Machine', sender_name: '', content_blocks: [] }
}

const titlesOf = (block: ContentBlock): ContentBlock => ({
  ...block,
  contents: block.contents.map(({ type, duration, header }) => ({ type, duration, header })),
  media_url: null,
})
