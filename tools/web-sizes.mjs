// What the parts of the built browser app weigh, from what the bundler says of its files.

/** The files of a build: their weight as they are sent, what they import, and the modules in them. */
export function createWebFiles(output, bytesOf) {
  const files = new Map(output.map((file) => [file.fileName, file]))
  const chunks = output.filter(({ type }) => type === 'chunk')

  /** The file that holds a module, by the end of its path. */
  function fileWith(module) {
    const isIt = (id) => id?.endsWith(module)
    // A module that shares its file with others is imported through a small file of its own.
    const found =
      chunks.find(({ facadeModuleId }) => isIt(facadeModuleId)) ??
      chunks.find(({ moduleIds }) => moduleIds.some((id) => isIt(id)))
    if (!found) throw new Error(`No file of the app holds ${module}`)
    return found.fileName
  }

  /** Files that hold some modules and what those import at once, scripts and style sheets. */
  function loadedWith(modules) {
    const found = new Set()
    const open = modules.map(fileWith)
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const file = files.get(name)
      if (found.has(name) || !file) continue
      found.add(name)
      open.push(...(file.imports ?? []), ...(file.viteMetadata?.importedCss ?? []))
    }
    return found
  }

  /** The modules of some files, largest first: `[id, characters]`. */
  const modulesIn = (names) =>
    [...names]
      .flatMap((name) => Object.entries(files.get(name)?.modules ?? {}))
      .map(([id, { renderedLength }]) => [id.replace(/^.*\/(?=node_modules|apps|packages)/, ''), renderedLength])
      .sort(([, one], [, other]) => other - one)

  return { names: [...files.keys()], bytesOf, loadedWith, modulesIn }
}

/** A part less what is there before it. */
export const without = (names, before) => new Set([...names].filter((name) => !before.has(name)))

/** The files of a part with one of some endings. */
export const ofType = (names, ...types) =>
  new Set([...names].filter((name) => types.some((type) => name.endsWith(type))))
