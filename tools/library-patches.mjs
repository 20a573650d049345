// What libraries do at every start and this server does not need. Each patch is a piece of a library's text and what stands
// in its place; a library that has changed fails the build.

/** A module that is loaded when something of it is used. */
const late = (name) => [`= require('${name}')`, `= new Proxy({}, { get: (_, key) => require('${name}')[key] })`]

const patches = [
  // HTTP/2 is loaded whether it is served or not: half of what Node itself takes to start.
  { file: 'fastify/lib/server.js', replace: late('node:http2') },
  // Versions are compared for plugins that ask for one of Fastify.
  { file: 'fastify/lib/plugin-utils.js', replace: late('semver') },
  // A function is compiled for each short piece of a path: a comparison without it is as fast.
  { file: 'find-my-way/lib/node.js', replace: ['LONG_PREFIX_MIN_LENGTH = 16', 'LONG_PREFIX_MIN_LENGTH = 2'] },
  // And one for the parameters of each route, most of which have none or an id.
  {
    file: 'find-my-way/lib/handler-storage.js',
    replace: [
      'this._compileCreateParamsObject(params)',
      '(HandlerStorage.made ??= new Map()).getOrInsertComputed(params.join("/"), () => this._compileCreateParamsObject(params))',
    ],
  },
]

/** A plugin of rolldown. */
export const libraryPatches = {
  name: 'library-patches',
  transform(code, id) {
    const path = id.replaceAll('\\', '/')
    const patch = patches.find(({ file }) => path.endsWith(`node_modules/${file}`))
    if (!patch) return undefined
    const [from, to] = patch.replace
    if (code.split(from).length !== 2) throw new Error(`${patch.file} has no single "${from}" any more`)
    // A function: `$` has no meaning in what is put in.
    return code.replace(from, () => to)
  },
}
