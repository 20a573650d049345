import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { dataFrame, defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { answerOfService, failureOf, jsonObject, objectsIn, textIn, USER_AGENT } from '../shared/ask-service.ts'
import { videoIdIn } from '../shared/youtube.ts'

const BASE = 'https://www.googleapis.com/youtube/v3/commentThreads'
/** YouTube gives no more at a time. */
const PAGE = 100

const inputs = {
  video_url: field.text({
    label: 'Video URL',
    info: 'The video whose comments to read.',
    required: true,
    tool: true,
  }),
  api_key: field.secret({ label: 'YouTube API Key', info: 'Your key for the YouTube Data API.', required: true }),
  max_results: field.int({ label: 'Max Results', info: 'The most comments to read.', default: 20 }),
  sort_by: field.dropdown({
    label: 'Sort By',
    info: 'Which comments come first.',
    options: ['time', 'relevance'],
    default: 'relevance',
  }),
  include_replies: field.bool({ label: 'Include Replies', info: 'Give answers to comments as well.', advanced: true }),
  include_metrics: field.bool({
    label: 'Include Metrics',
    info: 'Give the numbers of likes and of answers as well.',
    default: true,
    advanced: true,
  }),
}
type Given = InputsOf<typeof inputs>

export const youTubeComments = defineComponent({
  type: 'YouTubeCommentsComponent',
  displayName: 'YouTube Comments',
  description: 'Reads the comments on a video on YouTube.',
  icon: 'YouTube',
  category: 'youtube',
  documentation: 'https://developers.google.com/youtube/v3/docs/commentThreads',
  inputs,
  outputs: {
    comments: {
      type: 'DataFrame',
      label: 'Comments',
      method: 'get_video_comments',
      run: async ({ inputs, context }) => dataFrame(await commentsOn(inputs, context)),
    },
  },
})

/** The comments, or one row that says what went wrong. */
async function commentsOn(given: Given, context: RunContext): Promise<readonly JsonObject[]> {
  const videoId = videoIdIn(given.video_url)
  const threads: JsonObject[] = []
  try {
    for (let page: string | undefined = ''; page !== undefined && threads.length < given.max_results; ) {
      const found = await pageOf(given, { videoId, page, count: given.max_results - threads.length }, context)
      threads.push(...objectsIn(found.items))
      page = typeof found.nextPageToken === 'string' ? found.nextPageToken : undefined
    }
  } catch (error) {
    return [{ error: failureOf(error, context) }]
  }
  return threads.slice(0, Math.max(0, given.max_results)).flatMap((thread) => rowsOf(thread, videoId, given))
}

interface Page {
  readonly videoId: string
  readonly page: string
  readonly count: number
}

async function pageOf(
  { api_key, sort_by, include_replies }: Given,
  { videoId, page, count }: Page,
  context: RunContext,
): Promise<JsonObject> {
  const query = new URLSearchParams({
    part: include_replies ? 'snippet,replies' : 'snippet',
    videoId,
    maxResults: String(Math.min(PAGE, count)),
    order: sort_by,
    textFormat: 'plainText',
    ...(page !== '' && { pageToken: page }),
    key: api_key,
  })
  const answer = await answerOfService(`${BASE}?${query}`, { headers: USER_AGENT }, context)
  if (answer.status < 400) return jsonObject(answer)
  throw new AppError('bad_request', [
    answer.status === 403
      ? 'Comments are disabled for this video or API quota exceeded.'
      : answer.status === 404
        ? 'Video not found.'
        : `YouTube API error: ${answer.status} - ${answer.text.slice(0, 500)}`,
  ])
}

/** A comment and, where wanted, the answers to it. */
function rowsOf(thread: JsonObject, videoId: string, given: Given): readonly JsonObject[] {
  const snippet = isObject(thread.snippet) ? thread.snippet : {}
  const top = isObject(snippet.topLevelComment) ? snippet.topLevelComment : {}
  const comment = rowOf(top, { videoId, parent: null, replies: snippet.totalReplyCount ?? 0 }, given)
  if (!given.include_replies || !isObject(thread.replies)) return [comment]
  const parent = textIn(top.id)
  return [
    comment,
    ...objectsIn(thread.replies.comments).map((reply) => rowOf(reply, { videoId, parent, replies: 0 }, given)),
  ]
}

interface Place {
  readonly videoId: string
  /** The comment it answers. */
  readonly parent: string | null
  readonly replies: unknown
}

function rowOf(comment: JsonObject, { videoId, parent, replies }: Place, { include_metrics }: Given): JsonObject {
  const said = isObject(comment.snippet) ? comment.snippet : {}
  return {
    video_id: videoId,
    video_url: `https://www.youtube.com/watch?v=${videoId}`,
    comment_id: textIn(comment.id),
    parent_comment_id: parent,
    is_reply: parent !== null,
    author: textIn(said.authorDisplayName),
    author_channel_url: textIn(said.authorChannelUrl),
    text: textIn(said.textDisplay),
    published_at: textIn(said.publishedAt),
    updated_at: textIn(said.updatedAt),
    ...(include_metrics && { like_count: said.likeCount ?? 0, reply_count: replies }),
  }
}
