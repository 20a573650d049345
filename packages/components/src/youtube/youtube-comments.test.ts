import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { youTubeComments } from './youtube-comments.ts'

const comment = (id: string, text: string) => ({
  id,
  snippet: { authorDisplayName: 'Ada', textDisplay: text, publishedAt: '2025-01-01', likeCount: 3 },
})
const thread = (id: string, replies: readonly object[] = []) => ({
  snippet: { topLevelComment: comment(id, `Says ${id}`), totalReplyCount: replies.length },
  ...(replies.length > 0 && { replies: { comments: replies } }),
})
const inputs = { video_url: 'https://youtu.be/abcdefghijk?si=x', api_key: 'k' }

/** Runs it; YouTube gives the pages in turn. */
async function read(given: object, ...pages: readonly object[]) {
  const left = [...pages]
  const seen: URLSearchParams[] = []
  const http = (url: string) => {
    seen.push(new URL(url).searchParams)
    return JSON.stringify(left.shift())
  }
  const { comments } = await runComponent(youTubeComments, { ...inputs, ...given }, { http })
  return { seen, comments }
}

test('gives a row for each comment', async () => {
  const { seen, comments } = await read({}, { items: [thread('c1')] })
  expect(comments).toMatchObject({
    rows: [
      {
        video_id: 'abcdefghijk',
        video_url: 'https://www.youtube.com/watch?v=abcdefghijk',
        comment_id: 'c1',
        parent_comment_id: null,
        is_reply: false,
        author: 'Ada',
        text: 'Says c1',
        like_count: 3,
        reply_count: 0,
      },
    ],
  })
  expect(Object.fromEntries(seen[0] ?? [])).toEqual({
    part: 'snippet',
    videoId: 'abcdefghijk',
    maxResults: '20',
    order: 'relevance',
    textFormat: 'plainText',
    key: 'k',
  })
})

test('turns pages until there are enough', async () => {
  const page = (from: number, count: number) => Array.from({ length: count }, (_, index) => thread(`c${from + index}`))
  const { seen, comments } = await read(
    { max_results: 130, include_metrics: false },
    { items: page(0, 100), nextPageToken: 'p2' },
    { items: page(100, 30), nextPageToken: 'p3' },
  )
  expect(comments).toMatchObject({ rows: { length: 130 }, columns: expect.not.arrayContaining(['like_count']) })
  expect(seen.map((query) => [query.get('maxResults'), query.get('pageToken')])).toEqual([
    ['100', null],
    ['30', 'p2'],
  ])
})

test('gives answers as rows of their own when asked to', async () => {
  const { seen, comments } = await read({ include_replies: true }, { items: [thread('c1', [comment('r1', 'No.')])] })
  expect(seen[0]?.get('part')).toBe('snippet,replies')
  expect(comments).toMatchObject({
    rows: [{ reply_count: 1 }, { text: 'No.', is_reply: true, parent_comment_id: 'c1' }],
  })
})

test.each([
  [403, 'Comments are disabled for this video or API quota exceeded.'],
  [404, 'Video not found.'],
  [500, 'YouTube API error: 500 - down'],
])('gives a refusal as a row: %i', async (status, error) => {
  const http = () => ({ status, body: new TextEncoder().encode('down') })
  const { comments } = await runComponent(youTubeComments, inputs, { http })
  expect(comments).toMatchObject({ rows: [{ error }] })
})
