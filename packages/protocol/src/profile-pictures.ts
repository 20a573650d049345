import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'

const common = { method: 'GET', tag: 'Files', access: 'none' } as const

export const listProfilePictures = defineEndpoint({
  ...common,
  path: '/api/v1/files/profile_pictures/list',
  summary: 'List the pictures a user can choose from',
  response: z.object({ files: z.array(z.string()) }),
  examples: { response: { files: ['People/People Avatar-01-01.svg', 'Space/046-rocket.svg'] } },
})

export const readProfilePicture = defineEndpoint({
  ...common,
  path: '/api/v1/files/profile_pictures/:folder_name/:file_name',
  summary: 'Read one of the pictures a user can choose from',
  params: z.object({ folder_name: z.string(), file_name: z.string() }),
  response: z.unknown(),
  responseType: 'image/svg+xml',
  errors: { 404: 'File not found' },
})
