import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { downloadProject, uploadProject } from '@runnel/protocol/project-files'
import type { FastifyInstance } from 'fastify'
import { exportedFlow, flowsIn, flowsOfFile, readJsonFile } from '../flows/flow-file.ts'
import { flowListJson } from '../flows/flow-wire.ts'
import { fileStamp } from '../http/dates.ts'
import { flowBody, implement } from '../http/implement.ts'
import { readUpload, type Upload, withMultipart } from '../http/multipart.ts'
import { RawJson } from '../http/raw-json.ts'
import { looksLikeZip, unzip } from '../http/unzip.ts'
import { writeZip } from '../http/zip.ts'
import type { Services } from '../services.ts'
import { folderAliases } from './folder-aliases.ts'

type Needed = Pick<Services, 'projects' | 'flows' | 'storage' | 'now'>

/** Import and export of whole projects. */
export function projectFilesRoutes(app: FastifyInstance, { projects, flows, storage, now }: Needed): void {
  for (const endpoint of folderAliases(downloadProject)) {
    implement(app, endpoint, async ({ params, user }, reply) => {
      const project = await projects.find(user.id, params.project_id)
      const held = await storage.flows.list(user.id, { projectId: project.id })
      const zip = writeZip(
        held.map((flow) => ({ name: `${flow.name}.json`, content: Buffer.from(exportedFlow(flow)) })),
      )
      const name = encodeURIComponent(`${fileStamp(now())}_${project.name.toWellFormed()}_flows.zip`)
      return reply
        .header('content-type', 'application/x-zip-compressed')
        .header('content-disposition', `attachment; filename*=UTF-8''${name.replace(/['()*]/g, percent)}`)
        .send(zip)
    })
  }

  withMultipart(app, { bytes: flowBody.bytes ?? 0 }, (scope) => {
    for (const endpoint of folderAliases(uploadProject)) {
      implement(
        scope,
        endpoint,
        async ({ user, request }) => {
          const upload = await readUpload(request)
          const { name, description, items } = readProjectFile(upload)
          if (items.length === 0) throw new AppError('bad_request', ['No flows found in the file'])
          const project = await projects.add(user.id, { name, description })
          return new RawJson(flowListJson(await flows.addMany(user, items, project.id)))
        },
        flowBody,
      )
    }
  })
}

const percent = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`

function readProjectFile({ name, content }: Upload) {
  if (looksLikeZip(content)) {
    const items = unzip(content, '.json').flatMap((file) => flowsOfFile(file.content))
    return { name: projectNameOf(name), description: null, items }
  }
  const value = readJsonFile(content)
  if (!isObject(value) || !Array.isArray(value.flows)) {
    throw new AppError('bad_request', ['No flows found in the data'])
  }
  const { folder_name: given, folder_description: description } = value
  return {
    name: typeof given === 'string' && given !== '' ? given : projectNameOf(name),
    description: typeof description === 'string' ? description : null,
    items: flowsIn(value.flows),
  }
}

/** `20241230_135006_Support_flows.zip` holds the project `Support`. */
function projectNameOf(file: string): string {
  const stem =
    file
      .split(/[/\\]/)
      .at(-1)
      ?.replace(/\.[^.]*$/, '') ?? ''
  return stem.replace(/^\d{8}_\d{6}_/, '').replace(/_flows$/, '') || 'Imported project'
}
