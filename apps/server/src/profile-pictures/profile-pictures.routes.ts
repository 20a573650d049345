import { AppError } from '@runnel/protocol/errors'
import { listProfilePictures, readProfilePicture } from '@runnel/protocol/profile-pictures'
import type { FastifyInstance } from 'fastify'
import { implementOpen } from '../http/implement.ts'
import { people } from './people.ts'
import { space } from './space.ts'

const FOLDERS: Readonly<Record<string, Readonly<Record<string, string>>>> = { People: people, Space: space }
const DAY_SECONDS = 86_400

/** Pictures users choose from. They are drawn in code: no file of the server is reached by a name from outside. */
export function profilePicturesRoutes(app: FastifyInstance): void {
  const files = Object.entries(FOLDERS).flatMap(([folder, pictures]) =>
    Object.keys(pictures).map((name) => `${folder}/${name}`),
  )
  implementOpen(app, listProfilePictures, () => ({ files }))
  implementOpen(app, readProfilePicture, ({ params }, reply) => {
    const { folder_name: folder, file_name: name } = params
    const pictures = Object.hasOwn(FOLDERS, folder) ? FOLDERS[folder] : undefined
    if (!pictures || !Object.hasOwn(pictures, name)) throw new AppError('file_not_found')
    return reply
      .headers({ 'content-type': 'image/svg+xml', 'cache-control': `public, max-age=${DAY_SECONDS}` })
      .send(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${pictures[name]}</svg>`)
  })
}
