import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { AppError } from '@runnel/protocol/errors'
import type { FastifyInstance } from 'fastify'
import { addPageHeaders } from '../http/security-headers.ts'

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Runnel API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`
const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null })
`
const FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
}

const require = createRequire(import.meta.url)
const folder = () => dirname(require.resolve('swagger-ui-dist/package.json'))

/** The page that shows the API. Its files come from this server and are read when they are asked for. */
export function docsRoutes(app: FastifyInstance): void {
  for (const path of ['/docs', '/redoc']) {
    app.get(path, (_request, reply) => addPageHeaders(reply).type('text/html; charset=utf-8').send(PAGE))
  }
  app.get('/docs/start.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(START))
  app.get<{ Params: { readonly file: string } }>('/docs/:file', async ({ params }, reply) => {
    const type = Object.hasOwn(FILES, params.file) ? FILES[params.file] : undefined
    if (!type) throw new AppError('not_found')
    const content = await readFile(join(folder(), params.file))
    return reply.type(type).header('cache-control', 'public, max-age=86400').send(content)
  })
}
