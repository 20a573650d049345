import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlow } from './examples.ts'
import { FlowRead } from './flows.ts'
import { Uuid } from './identifiers.ts'

export const downloadProject = defineEndpoint({
  method: 'GET',
  path: '/api/v1/projects/download/:project_id',
  audit: 'project.export',
  tag: 'Projects',
  summary: 'Export the flows of a project as a zip, without their secrets',
  role: 'viewer',
  access: 'user',
  params: z.object({ project_id: Uuid }),
  response: z.string(),
  responseType: 'application/x-zip-compressed',
  errors: { 404: 'Project not found' },
})

export const uploadProject = defineEndpoint({
  method: 'POST',
  path: '/api/v1/projects/upload/',
  tag: 'Projects',
  summary: 'Import a project from JSON or a zip, sent as the part `file`',
  access: 'user',
  bodyType: 'multipart',
  status: 201,
  response: z.array(FlowRead),
  examples: { response: [exampleFlow] },
  errors: { 400: 'No flows found in the file' },
})
