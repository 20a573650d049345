import { expect, test } from 'vitest'
import { withoutImports } from './builtin-imports.mjs'

test('imports of Node are constants, whatever their form', () => {
  const code = [
    'import "./chunk-a.mjs";',
    'import { a as b } from "./chunk-b.mjs";',
    'import { join } from "node:path";',
    'import { link, open as open$1 } from "node:fs/promises";',
    'import fs$1 from "node:fs";',
    'import http, { Agent } from "node:http";',
    'import * as url from "node:url";',
    'const text = `import { join } from "node:path"`;',
  ]
  expect(withoutImports(code.join('\n')).split('\n')).toEqual([
    'import "./chunk-a.mjs";',
    'import { a as b } from "./chunk-b.mjs";',
    'const { join } = process.getBuiltinModule("node:path");',
    'const { link, open: open$1 } = process.getBuiltinModule("node:fs/promises");',
    'const fs$1 = process.getBuiltinModule("node:fs");',
    'const http = process.getBuiltinModule("node:http"), { Agent } = process.getBuiltinModule("node:http");',
    'const url = process.getBuiltinModule("node:url");',
    'const text = `import { join } from "node:path"`;',
  ])
})
